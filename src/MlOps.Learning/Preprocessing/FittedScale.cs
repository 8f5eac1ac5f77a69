namespace MlOps.Learning.Preprocessing;

/// <summary>Shifts and divides columns of numbers: <c>(x − center) / scale</c>. A missing value stays missing.</summary>
public sealed class FittedScale : FittedStep
{
    // A spread below this is rounding, not spread; the same limit as in scikit-learn.
    private const double Negligible = 10 * 2.220446049250313e-16;

    private readonly double[] _centers;
    private readonly double[] _scales;
    private readonly string _step;

    private FittedScale(string step, IReadOnlyList<string> columns, double[] centers, double[] scales)
    {
        _step = step;
        Columns = columns;
        _centers = centers;
        _scales = scales;
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gets what is taken off each column, in its unit.</summary>
    public IReadOnlyList<double> Centers => _centers;

    /// <summary>Gets what each column is divided by, in its unit; never 0.</summary>
    public IReadOnlyList<double> Scales => _scales;

    /// <summary>Learns center and scale of each column from its values.</summary>
    internal static FittedScale Fit(Feature[] features, string step, Func<NumberFeature, (double Center, double Scale)> learn)
    {
        NumberFeature[] numbers = NumberFeature.All(features, step);
        (double Center, double Scale)[] learned = Feature.Each(numbers, (feature, _) => learn((NumberFeature)feature));
        return new FittedScale(step, [.. numbers.Select(number => number.Name)], [.. learned.Select(one => one.Center)], [.. learned.Select(one => one.Scale)]);
    }

    /// <summary>1 for a column that does not vary: it is shifted, not divided by 0.</summary>
    internal static double OrOne(double spread) => spread < Negligible ? 1 : spread;

    internal override Feature[] Apply(Feature[] features) => Feature.Each<Feature>(NumberFeature.All(features, _step), (feature, j) =>
    {
        ReadOnlySpan<double> values = ((NumberFeature)feature).Values;
        double[] scaled = GC.AllocateUninitializedArray<double>(values.Length);
        double center = _centers[j];
        double scale = _scales[j];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (values[i] - center) / scale;
        }

        return new NumberFeature(feature.Name, scaled, feature.FirstRow);
    });
}
