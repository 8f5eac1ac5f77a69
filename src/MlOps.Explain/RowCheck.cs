namespace MlOps.Explain;

/// <summary>Checks of what callers give to explain.</summary>
internal static class RowCheck
{
    /// <summary>One value a feature, none infinite; NaN stands for a missing value and is the model's business.</summary>
    internal static void Finite(ReadOnlySpan<double> row, ExplainedModel model)
    {
        if (row.Length != model.FeatureNames.Count)
        {
            throw new ArgumentException($"The model reads {model.FeatureNames.Count} features; the row has {row.Length} values.", nameof(row));
        }

        for (int j = 0; j < row.Length; j++)
        {
            if (double.IsInfinity(row[j]))
            {
                throw new ArgumentException($"Feature '{model.FeatureNames[j]}' is infinite in the row.", nameof(row));
            }
        }
    }

    /// <summary>The place of a feature by name.</summary>
    internal static int Feature(ExplainedModel model, string feature)
    {
        int place = model.FeatureNames.ToList().IndexOf(feature);
        return place >= 0 ? place : throw new ArgumentException($"The model has no feature '{feature}'. There are: {string.Join(", ", model.FeatureNames)}.", nameof(feature));
    }
}
