namespace MlOps.Learning.Preprocessing;

/// <summary>Fills missing values with what was learned from the training rows.</summary>
public sealed class FittedImpute : FittedStep
{
    private readonly int[] _indicated;

    internal FittedImpute(IReadOnlyList<string> columns, IReadOnlyList<object> fills, int[] indicated)
    {
        Columns = columns;
        Fills = fills;
        _indicated = indicated;
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gets what each column is filled with: a double or a string.</summary>
    public IReadOnlyList<object> Fills { get; }

    /// <summary>Gets the places of the columns that get an indicator behind all columns.</summary>
    public IReadOnlyList<int> Indicated => _indicated;

    internal static bool HasMissing(Feature feature)
    {
        if (feature is NumberFeature number)
        {
            return Array.Exists(number.Values, double.IsNaN);
        }

        var text = (TextFeature)feature;
        _ = text.Occurring(out int missing);
        return missing > 0;
    }

    internal override Feature[] Apply(Feature[] features) =>
        [.. Feature.Each(features, (feature, j) => Fill(feature, Fills[j])), .. _indicated.Select(j => Indicator(features[j]))];

    private static Feature Fill(Feature feature, object fill) => feature switch
    {
        TextFeature text => new TextFeature(text.Name, text.Codes, Array.ConvertAll(text.Dictionary, entry => entry ?? (string)fill), text.FirstRow),
        NumberFeature number => Fill(number, (double)fill),
        _ => throw new InvalidOperationException($"{feature.GetType().Name} has no missing values."),
    };

    private static NumberFeature Fill(NumberFeature feature, double fill)
    {
        if (!Array.Exists(feature.Values, double.IsNaN))
        {
            return feature;
        }

        double[] filled = GC.AllocateUninitializedArray<double>(feature.Count);
        ReadOnlySpan<double> values = feature.Values;
        for (int i = 0; i < filled.Length; i++)
        {
            filled[i] = double.IsNaN(values[i]) ? fill : values[i];
        }

        return new NumberFeature(feature.Name, filled, feature.FirstRow);
    }

    private static NumberFeature Indicator(Feature feature)
    {
        var flags = new double[feature.Count];
        if (feature is TextFeature text)
        {
            ReadOnlySpan<int> codes = text.Codes;
            for (int i = 0; i < flags.Length; i++)
            {
                flags[i] = text.Dictionary[codes[i] + 1] is null ? 1 : 0;
            }
        }
        else
        {
            ReadOnlySpan<double> values = ((NumberFeature)feature).Values;
            for (int i = 0; i < flags.Length; i++)
            {
                flags[i] = double.IsNaN(values[i]) ? 1 : 0;
            }
        }

        return new NumberFeature(feature.Name + "_missing", flags, feature.FirstRow);
    }
}
