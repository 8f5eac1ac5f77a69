namespace MlOps.Learning.Neural;

/// <summary>Brings columns to mean 0 and standard deviation 1: <c>(x − mean) / scale</c>.</summary>
/// <param name="Means">Mean of each column.</param>
/// <param name="Scales">Standard deviation of each column, divided by n; 1 for a constant column.</param>
internal sealed record Standardization(double[] Means, double[] Scales)
{
    internal static Standardization Of(Matrix x)
    {
        var means = new double[x.ColumnCount];
        var scales = new double[x.ColumnCount];
        for (int j = 0; j < means.Length; j++)
        {
            (means[j], scales[j]) = Of(x.Column(j));
        }

        return new Standardization(means, scales);
    }

    internal static (double Mean, double Scale) Of(double[] values)
    {
        double mean = 0;
        foreach (double value in values)
        {
            mean += value / values.Length; // divided first: the sum of large values may overflow
        }

        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        double scale = Math.Sqrt(squares / values.Length);
        bool constant = scale <= 1e-12 * Math.Abs(mean); // rounding of the mean alone
        return (mean, constant || scale == 0 ? 1 : scale);
    }

    internal Tensor Apply(Matrix x)
    {
        var values = new float[x.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int j = i % x.ColumnCount;
            values[i] = (float)((x.Values[i] - Means[j]) / Scales[j]);
        }

        return new Tensor(x.RowCount, TensorShape.Vector(x.ColumnCount), values);
    }
}
