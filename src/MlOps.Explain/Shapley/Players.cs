using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>Who shares a prediction: features, each alone or as a group.</summary>
internal sealed class Players
{
    private readonly ExplainedModel _model;

    internal Players(ExplainedModel model, IReadOnlyList<FeatureGroup> groups)
    {
        _model = model;
        var groupOf = new FeatureGroup?[model.FeatureNames.Count];
        foreach (FeatureGroup group in groups)
        {
            Place(group, groupOf);
        }

        var names = new List<string>();
        var features = new List<int[]>();
        for (int j = 0; j < groupOf.Length; j++)
        {
            if (groupOf[j] is not { } group)
            {
                names.Add(model.FeatureNames[j]);
                features.Add([j]);
            }
            else if (Array.IndexOf(groupOf, group) == j)
            {
                names.Add(group.Name);
                features.Add([.. Enumerable.Range(0, groupOf.Length).Where(other => groupOf[other] == group)]);
            }
        }

        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            throw new ArgumentException($"A group has the name of another group or of a feature: {string.Join(", ", names)}.", nameof(groups));
        }

        Names = [.. names];
        Features = [.. features];
    }

    internal string[] Names { get; }

    /// <summary>Gets the places of the features of every player.</summary>
    internal int[][] Features { get; }

    internal int Count => Names.Length;

    /// <summary>Rows as an explanation shows them: one column a player, a group's values as the number of a text.</summary>
    internal (Matrix X, Func<int, double, string> Display) Show(Matrix x)
    {
        var texts = new List<string>?[Count];
        var values = new double[checked(x.RowCount * Count)];
        for (int p = 0; p < Count; p++)
        {
            texts[p] = Features[p].Length > 1 ? [] : null;
            for (int i = 0; i < x.RowCount; i++)
            {
                values[(i * Count) + p] = texts[p] is { } known ? NumberOf(known, Text(Features[p], x.Row(i))) : x[i, Features[p][0]];
            }
        }

        return (new Matrix(x.RowCount, Count, values, Names), (p, value) => texts[p] is { } known ? known[(int)value] : _model.Display(Features[p][0], value));
    }

    private static int NumberOf(List<string> known, string text)
    {
        int place = known.IndexOf(text);
        if (place < 0)
        {
            place = known.Count;
            known.Add(text);
        }

        return place;
    }

    private void Place(FeatureGroup group, FeatureGroup?[] groupOf)
    {
        if (group.Features.Count == 0)
        {
            throw new ArgumentException($"Group '{group.Name}' has no features.", nameof(group));
        }

        foreach (string name in group.Features)
        {
            int j = _model.FeatureNames.ToList().IndexOf(name);
            if (j < 0 || groupOf[j] is not null)
            {
                throw new ArgumentException(j < 0 ? $"Group '{group.Name}' names '{name}', which is no feature of the model." : $"Feature '{name}' is in two groups, or twice in one.", nameof(group));
            }

            groupOf[j] = group;
        }
    }

    /// <summary>The column that is 1 among zeros, as one-hot coding writes a text; otherwise all values.</summary>
    private string Text(int[] features, ReadOnlySpan<double> row)
    {
        int ones = 0;
        int last = 0;
        bool hot = true;
        foreach (int j in features)
        {
            hot &= row[j] is 0 or 1;
            (ones, last) = row[j] == 1 ? (ones + 1, j) : (ones, last);
        }

        if (hot && ones == 1)
        {
            return _model.FeatureNames[last];
        }

        var parts = new string[features.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = $"{_model.FeatureNames[features[i]]} = {_model.Display(features[i], row[features[i]])}";
        }

        return string.Join(", ", parts);
    }
}
