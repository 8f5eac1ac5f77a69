namespace MlOps.Fairness;

/// <summary>How differently a model's predictions are distributed in two groups.</summary>
/// <param name="First">One group.</param>
/// <param name="Second">The other.</param>
/// <param name="Wasserstein"><c>W₁ = ∫ |F(x) − G(x)| dx</c>, in the unit of the predictions: how far they must move, on average, to be distributed alike. 0 is parity.</param>
/// <param name="KolmogorovSmirnov"><c>D = max |F(x) − G(x)|</c>, in [0, 1]: at the worst cut-off, how many more of one group lie below it. 0 is parity;
/// it is the largest demographic parity difference any threshold can have.</param>
public sealed record PredictionGap(string First, string Second, double Wasserstein, double KolmogorovSmirnov)
{
    /// <summary>Measures two sorted samples that are not empty.</summary>
    internal static PredictionGap Of(string first, ReadOnlySpan<double> a, string second, ReadOnlySpan<double> b)
    {
        double area = 0;
        double largest = 0;
        int i = 0;
        int j = 0;
        double last = Math.Min(a[0], b[0]);
        while (i < a.Length || j < b.Length)
        {
            double next = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            double gap = Math.Abs(((double)i / a.Length) - ((double)j / b.Length)); // between the last value and this one
            area += gap * (next - last);
            largest = Math.Max(largest, gap);
            while (i < a.Length && a[i] == next)
            {
                i++;
            }

            while (j < b.Length && b[j] == next)
            {
                j++;
            }

            last = next;
        }

        return new PredictionGap(first, second, area, largest);
    }
}
