using MlOps.Charts;

namespace MlOps.Quantization.LowRank;

/// <summary>Singular values and the energy of the first ones, side by side.</summary>
internal static class SpectrumChart
{
    internal static Figure Draw(string name, IReadOnlyList<double> sigma, int rank)
    {
        int[] places = [.. Enumerable.Range(1, sigma.Count)];
        double total = sigma.Sum(value => value * value);
        var energy = new double[sigma.Count];
        double sum = 0;
        for (int k = 0; k < energy.Length; k++)
        {
            sum += sigma[k] * sigma[k];
            energy[k] = total == 0 ? 100 : 100 * sum / total;
        }

        string kept = FormattableString.Invariant($"rank {rank}");
        Figure values = Chart.Line(places, sigma.ToArray(), "σ").Titled("Singular values").XAxis("place").YAxis("σ").VerticalThreshold(rank, kept);
        Figure shares = Chart.Line(places, energy, "energy").Titled("Energy of the first ones").XAxis("singular values kept").YAxis("share of Σσ²", "%", 0, 100).VerticalThreshold(rank, kept);
        return Chart.Grid(2, values, shares).Titled(FormattableString.Invariant($"{name}: {rank} of {sigma.Count} singular values hold {energy[rank - 1]:0.0} % of the energy"));
    }
}
