using MlOps.Learning;

namespace MlOps.Explain.Effects;

/// <summary>By how much the prediction of each row changes over the step that it lies in.</summary>
internal sealed class LocalChanges
{
    /// <summary>Rows the model is asked about at a time.</summary>
    private const int BatchRows = 20_000;

    private readonly double[][] _changes;
    private readonly bool _isText;

    private LocalChanges(double[][] changes, int[] counts, bool isText) => (_changes, Counts, _isText) = (changes, counts, isText);

    /// <summary>Gets the rows of each bin, or of each text.</summary>
    internal int[] Counts { get; }

    /// <summary>Bins (edge, edge] of numbers; the first one has its lower edge too.</summary>
    internal static LocalChanges OfNumbers(ExplainedModel model, Matrix rows, int feature, double[] edges, CancellationToken cancellationToken)
    {
        int bins = edges.Length - 1;
        int n = rows.RowCount;
        var bin = new int[n];
        var counts = new int[bins];
        for (int i = 0; i < n; i++)
        {
            int place = Array.BinarySearch(edges, rows[i, feature]);
            bin[i] = Math.Max(0, (place < 0 ? ~place : place) - 1);
            counts[bin[i]]++;
        }

        double[] above = PredictAt(model, rows, feature, i => edges[bin[i] + 1], cancellationToken);
        double[] below = PredictAt(model, rows, feature, i => edges[bin[i]], cancellationToken);
        var changes = new List<double>[bins];
        for (int k = 0; k < bins; k++)
        {
            changes[k] = new List<double>(counts[k]);
        }

        for (int i = 0; i < n; i++)
        {
            changes[bin[i]].Add(above[i] - below[i]);
        }

        return new LocalChanges([.. changes.Select(list => list.ToArray())], counts, isText: false);
    }

    /// <summary>Steps from one text to the next, measured on the rows of both.</summary>
    internal static LocalChanges OfTexts(ExplainedModel model, Matrix rows, int feature, double[] levels, CancellationToken cancellationToken)
    {
        int n = rows.RowCount;
        int[] level = [.. Enumerable.Range(0, n).Select(i => Array.IndexOf(levels, rows[i, feature]))];
        var changes = new double[levels.Length - 1][];
        for (int k = 0; k < changes.Length; k++)
        {
            int step = k;
            Matrix near = rows.Take([.. Enumerable.Range(0, n).Where(i => level[i] == step || level[i] == step + 1)]);
            double[] above = PredictAt(model, near, feature, _ => levels[step + 1], cancellationToken);
            double[] below = PredictAt(model, near, feature, _ => levels[step], cancellationToken);
            changes[k] = [.. above.Zip(below, (a, b) => a - b)];
        }

        return new LocalChanges(changes, [.. Enumerable.Range(0, levels.Length).Select(k => level.Count(l => l == k))], isText: true);
    }

    /// <summary>The centred curve; with a generator that of rows drawn again within each step.</summary>
    internal double[] Accumulated(Random? random)
    {
        var effect = new double[_changes.Length + 1];
        for (int k = 0; k < _changes.Length; k++)
        {
            double[] changes = _changes[k];
            double sum = 0;
            for (int i = 0; i < changes.Length; i++)
            {
                sum += random is null ? changes[i] : changes[random.Next(changes.Length)];
            }

            effect[k + 1] = effect[k] + (sum / changes.Length);
        }

        double weighted = 0;
        for (int k = 0; k < Counts.Length; k++)
        {
            weighted += Counts[k] * (_isText ? effect[k] : (effect[k] + effect[k + 1]) / 2);
        }

        double mean = weighted / Counts.Sum();
        return [.. effect.Select(value => value - mean)];
    }

    /// <summary>What the model says of the rows with one feature set to a value of its own for each row; a batch of rows at a time.</summary>
    internal static double[] PredictAt(ExplainedModel model, Matrix rows, int feature, Func<int, double> value, CancellationToken cancellationToken)
    {
        var predicted = new double[rows.RowCount];
        for (int start = 0; start < predicted.Length; start += BatchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BatchRows, predicted.Length - start);
            double[] values = rows.Values.Slice(start * rows.ColumnCount, count * rows.ColumnCount).ToArray();
            for (int i = 0; i < count; i++)
            {
                values[(i * rows.ColumnCount) + feature] = value(start + i);
            }

            model.Predict(new Matrix(count, rows.ColumnCount, values, rows.ColumnNames)).CopyTo(predicted, start);
        }

        return predicted;
    }
}
