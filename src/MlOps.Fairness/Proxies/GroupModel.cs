using MlOps.Fairness.Internals;

namespace MlOps.Fairness.Proxies;

/// <summary>The small model that guesses the group: ridge logistic regression, every group against the rest, cross-validated.</summary>
/// <remarks>A feature enters as a 0/1 column for every level and, if it is a number, also as its standardised value, so that also what is not
/// monotone is seen. No interactions. Bins and deviations are those of all rows: they do not look at the group.</remarks>
internal sealed class GroupModel
{
    private readonly int[] _groups;
    private readonly int[] _folds;
    private readonly IReadOnlyList<string> _names;
    private readonly ProxyOptions _options;

    /// <summary>Deals the rows into folds: every group on its own, in random order, so that the folds have the same mix.</summary>
    internal GroupModel(int[] groups, IReadOnlyList<string> names, ProxyOptions options)
    {
        (_groups, _names, _options) = (groups, names, options);
        _folds = new int[groups.Length];
        int[] rows = [.. Enumerable.Range(0, groups.Length)];
        new Random(options.Seed).Shuffle(rows);
        int[] dealt = new int[names.Count];
        foreach (int row in rows)
        {
            _folds[row] = dealt[groups[row]]++ % options.Folds;
        }
    }

    /// <summary>Every group's AUC from these features, over these rows.</summary>
    internal IReadOnlyList<GroupAuc> Aucs(IReadOnlyList<Discretised> features, int[] rows, CancellationToken cancellationToken)
    {
        (double[] x, int columns) = Encode(features, rows);
        var aucs = new GroupAuc[_names.Count];
        for (int group = 0; group < aucs.Length; group++)
        {
            if (group == 1 && aucs.Length == 2)
            {
                aucs[1] = aucs[0] with { Group = _names[1] }; // the rest of the first group: the same model, mirrored
                continue;
            }

            bool[] member = Array.ConvertAll(_groups, code => code == group);
            aucs[group] = new GroupAuc(_names[group], EveryFoldHasBoth(member) ? CrossValidated(x, columns, member, _folds, _options.Folds, _options.Penalty, cancellationToken) : null);
        }

        return aucs;
    }

    /// <summary>The mean over the folds of the AUC on a fold, the model learned from the others.</summary>
    internal static double CrossValidated(double[] x, int columns, bool[] y, int[] folds, int foldCount, double penalty, CancellationToken cancellationToken)
    {
        double sum = 0;
        for (int fold = 0; fold < foldCount; fold++)
        {
            int[] train = [.. Enumerable.Range(0, y.Length).Where(row => folds[row] != fold)];
            int[] test = [.. Enumerable.Range(0, y.Length).Where(row => folds[row] == fold)];
            var model = RidgeLogistic.Fit(Take(x, columns, train), columns, Array.ConvertAll(train, row => y[row]), null, penalty, cancellationToken);
            sum += AreaUnderCurve.Of(model.Probabilities(Take(x, columns, test)), Array.ConvertAll(test, row => y[row]));
        }

        return sum / foldCount;
    }

    private bool EveryFoldHasBoth(bool[] member)
    {
        int[] members = new int[_options.Folds];
        int[] others = new int[_options.Folds];
        for (int i = 0; i < member.Length; i++)
        {
            (member[i] ? members : others)[_folds[i]]++;
        }

        return !members.Contains(0) && !others.Contains(0);
    }

    private static (double[] X, int Columns) Encode(IReadOnlyList<Discretised> features, int[] rows)
    {
        int columns = features.Sum(feature => feature.Count + (feature.Numbers is null ? 0 : 1));
        double[] x = new double[rows.Length * columns];
        int offset = 0;
        foreach (Discretised feature in features)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                x[(i * columns) + offset + feature.Codes[rows[i]]] = 1;
            }

            offset += feature.Count;
            if (feature.Numbers is { } numbers)
            {
                (double mean, double deviation) = Moments(numbers);
                for (int i = 0; i < rows.Length; i++)
                {
                    double value = numbers[rows[i]];
                    x[(i * columns) + offset] = double.IsNaN(value) || deviation == 0 ? 0 : (value - mean) / deviation;
                }

                offset++;
            }
        }

        return (x, columns);
    }

    private static (double Mean, double Deviation) Moments(double[] numbers)
    {
        long count = 0;
        double mean = 0;
        double squares = 0;
        foreach (double value in numbers)
        {
            if (!double.IsNaN(value))
            {
                double before = value - mean;
                mean += before / ++count; // Welford: no growing sum that loses digits
                squares += before * (value - mean);
            }
        }

        return (mean, Math.Sqrt(squares / count));
    }

    private static double[] Take(double[] x, int columns, int[] rows)
    {
        double[] taken = new double[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            Array.Copy(x, rows[i] * columns, taken, i * columns, columns);
        }

        return taken;
    }
}
