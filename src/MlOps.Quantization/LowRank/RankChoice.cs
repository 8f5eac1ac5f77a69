namespace MlOps.Quantization.LowRank;

/// <summary>How many singular values of a matrix are kept: a number, as many as hold a share of the energy, or as many as a share of the parameters pays for.</summary>
public sealed record RankChoice
{
    private readonly int? _rank;
    private readonly double? _energy;
    private readonly double? _parameters;

    private RankChoice(int? rank, double? energy, double? parameters) => (_rank, _energy, _parameters) = (rank, energy, parameters);

    /// <summary>Keeps r singular values.</summary>
    /// <param name="rank">r ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rank"/> is below 1.</exception>
    public static RankChoice Rank(int rank) => new(Guard.AtLeast(rank, 1), null, null);

    /// <summary>Keeps the fewest singular values with <c>Σ_{k ≤ r} σₖ² ≥ share · Σ σₖ²</c>.</summary>
    /// <param name="share">Above 0, at most 1. The relative error of the matrix is then at most √(1 − share): 0.95 lets it be 22 %.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and at most 1.</exception>
    public static RankChoice Energy(double share) => new(null, Checked(share), null);

    /// <summary>Keeps the most singular values with <c>r · (m + n) ≤ share · m · n</c>, at least one.</summary>
    /// <param name="share">Above 0, at most 1: 0.5 halves the numbers of a layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and at most 1.</exception>
    public static RankChoice Parameters(double share) => new(null, null, Checked(share));

    /// <summary>Tells r for an m × n matrix.</summary>
    /// <param name="singularValues">All of them, from the largest down.</param>
    /// <param name="rows">m ≥ 1.</param>
    /// <param name="columns">n ≥ 1.</param>
    /// <returns>At least 1. A number asked for is returned as it is, also where it is above min(m, n).</returns>
    public int For(ReadOnlySpan<double> singularValues, int rows, int columns)
    {
        if (_rank is { } rank)
        {
            return rank;
        }

        if (_parameters is { } share)
        {
            return Math.Max(1, (int)Math.Floor(share * rows * columns / ((double)rows + columns)));
        }

        double total = 0;
        foreach (double sigma in singularValues)
        {
            total += sigma * sigma;
        }

        (int kept, double sum) = (0, 0);
        while (kept < singularValues.Length && (kept == 0 || sum < _energy!.Value * total))
        {
            sum += singularValues[kept] * singularValues[kept];
            kept++;
        }

        return kept;
    }

    /// <summary>Writes <c>rank 8</c>, <c>95 % of the energy</c> or <c>50 % of the parameters</c>.</summary>
    public override string ToString() => FormattableString.Invariant(_rank is { } rank ? $"rank {rank}" : _energy is { } energy ? (FormattableString)$"{100 * energy:0.##} % of the energy" : $"{100 * _parameters!.Value:0.##} % of the parameters");

    private static double Checked(double share) =>
        share is > 0 and <= 1 ? share : throw new ArgumentOutOfRangeException(nameof(share), share, "A share above 0 and at most 1 is needed.");
}
