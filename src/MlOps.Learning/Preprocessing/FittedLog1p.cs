namespace MlOps.Learning.Preprocessing;

/// <summary>Takes <c>ln(1 + x)</c> of each column.</summary>
public sealed class FittedLog1p : FittedStep
{
    internal override Feature[] Apply(Feature[] features) => Feature.Each<Feature>(NumberFeature.All(features, nameof(Log1p)), (feature, _) =>
    {
        ReadOnlySpan<double> values = ((NumberFeature)feature).Values;
        double[] logs = GC.AllocateUninitializedArray<double>(values.Length);
        for (int i = 0; i < logs.Length; i++)
        {
            if (values[i] <= -1)
            {
                throw new ArgumentException(FormattableString.Invariant($"Column '{feature.Name}' has {values[i]} in row {feature.FirstRow + i}; {nameof(Log1p)} needs values above -1."), nameof(features));
            }

            logs[i] = Of(values[i]);
        }

        return new NumberFeature(feature.Name, logs, feature.FirstRow);
    });

    // W. Kahan's form: the error of 1 + x is divided out again, so that small x keep all their digits.
    private static double Of(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}
