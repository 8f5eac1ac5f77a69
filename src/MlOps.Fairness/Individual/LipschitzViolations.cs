using MlOps.Data;

namespace MlOps.Fairness.Individual;

/// <summary>Pairs of people whose scores differ by more than they do themselves.</summary>
/// <remarks>
/// A score f treats like people alike if <c>|f(a) − f(b)| ≤ L · d(a, b)</c> for all pairs. L is a choice: how many points of score a unit of distance may
/// cost. Up to <c>maxPairs</c> pairs all are looked at; of more, as many are drawn at random with replacement, and <see cref="Sampled"/> says so: the share is then an
/// estimate, and <see cref="EstimatedConstant"/> a lower bound.
/// <para>Source: C. Dwork et al., "Fairness Through Awareness", ITCS 2012, definition 2.1.</para>
/// </remarks>
/// <param name="Constant">L, in score per unit of distance.</param>
/// <param name="PairCount">The pairs looked at.</param>
/// <param name="ViolationCount">The pairs with <c>|f(a) − f(b)| &gt; L · d(a, b)</c>; a pair drawn twice counts twice.</param>
/// <param name="EstimatedConstant">The smallest L without a violation: the largest <c>|f(a) − f(b)| / d(a, b)</c>; +∞ if two equal rows have different scores.</param>
/// <param name="Worst">The pairs with the largest excess, worst first, each once.</param>
/// <param name="Sampled">Whether pairs were drawn.</param>
public sealed record LipschitzViolations(double Constant, long PairCount, long ViolationCount, double EstimatedConstant, IReadOnlyList<LipschitzPair> Worst, bool Sampled)
{
    /// <summary>The pairs looked at unless told otherwise: all of 6,000 rows.</summary>
    public const int DefaultMaxPairs = 18_000_000;

    /// <summary>Gets the share of pairs that violate the condition, in [0, 1]; 0 is fair.</summary>
    public double Share => (double)ViolationCount / PairCount;

    /// <summary>Looks for violations on columns of a table; every value of a category is a 0/1 feature.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="features">The columns that say who is alike.</param>
    /// <param name="scores">One score a row.</param>
    /// <param name="constant">L ≥ 0.</param>
    /// <param name="standardise">Whether to bring features to mean 0 and deviation 1 first, so that they weigh alike.</param>
    /// <param name="metric">Euclid or cosine.</param>
    /// <param name="listed">How many of the worst pairs to list, at least 0.</param>
    /// <param name="maxPairs">How many pairs to look at, at least 1.</param>
    /// <param name="seed">The seed of the drawn pairs.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">As for the other overload; or a number is missing.</exception>
    public static LipschitzViolations Of(
        Table table,
        IReadOnlyList<string> features,
        ReadOnlySpan<double> scores,
        double constant,
        bool standardise = true,
        SimilarityMetric metric = SimilarityMetric.Euclid,
        int listed = 10,
        int maxPairs = DefaultMaxPairs,
        int seed = 0,
        CancellationToken cancellationToken = default)
    {
        (double[] values, int columns) = FeatureRows.Encode(table, features);
        return Of(values, columns, scores, constant, standardise, metric, listed, maxPairs, seed, cancellationToken);
    }

    /// <summary>Looks for violations on n rows × d numbers.</summary>
    /// <param name="features">The numbers, row after row.</param>
    /// <param name="columns">d, at least 1.</param>
    /// <param name="scores">One score a row.</param>
    /// <param name="constant">L ≥ 0.</param>
    /// <param name="standardise">Whether to bring features to mean 0 and deviation 1 first, so that they weigh alike.</param>
    /// <param name="metric">Euclid or cosine.</param>
    /// <param name="listed">How many of the worst pairs to list, at least 0.</param>
    /// <param name="maxPairs">How many pairs to look at, at least 1.</param>
    /// <param name="seed">The seed of the drawn pairs.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, there are fewer than two rows, a number is not finite, or with cosine a row is all zeros.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="constant"/>, <paramref name="listed"/> or <paramref name="maxPairs"/> is outside its range.</exception>
    public static LipschitzViolations Of(
        ReadOnlySpan<double> features,
        int columns,
        ReadOnlySpan<double> scores,
        double constant,
        bool standardise = true,
        SimilarityMetric metric = SimilarityMetric.Euclid,
        int listed = 10,
        int maxPairs = DefaultMaxPairs,
        int seed = 0,
        CancellationToken cancellationToken = default)
    {
        Guard.NonNegative(constant);
        Guard.AtLeast(listed, 0);
        Guard.AtLeast(maxPairs, 1);
        var rows = FeatureRows.Of(features, columns, metric, standardise);
        double[] checkedScores = Scores.Checked(scores, rows.Count);
        if (rows.Count < 2)
        {
            throw new ArgumentException("A pair needs two rows; got one.", nameof(features));
        }

        long all = (long)rows.Count * (rows.Count - 1) / 2;
        PairTally tally = all <= maxPairs
            ? EveryPair(rows, checkedScores, constant, listed, cancellationToken)
            : DrawnPairs(rows, checkedScores, constant, listed, maxPairs, seed, cancellationToken);
        return new LipschitzViolations(constant, tally.Pairs, tally.Violations, tally.Steepest, tally.Worst, all > maxPairs);
    }

    /// <summary>Writes the share of violations and the worst pairs.</summary>
    public override string ToString() => string.Join('\n', (string[])
    [
        FormattableString.Invariant($"{ViolationCount} of {PairCount}{(Sampled ? " drawn" : "")} pairs ({Share * 100:0.###} %) differ in score by more than {Constant:0.####} × distance; {(double.IsFinite(EstimatedConstant) ? FormattableString.Invariant($"none from {EstimatedConstant:0.####} on") : "no constant is enough, as equal rows have different scores")}"),
        .. Worst.Select(pair => FormattableString.Invariant($"rows {pair.First} and {pair.Second}: {pair.ScoreGap:0.####} apart in score, {pair.Distance:0.####} in features")),
    ]);

    private static PairTally EveryPair(FeatureRows rows, double[] scores, double constant, int listed, CancellationToken cancellationToken)
    {
        var total = new PairTally(constant, listed);
        var gate = new Lock();
        Parallel.For(
            0,
            rows.Count - 1,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => (Tally: new PairTally(constant, listed), Squares: new double[rows.Count]),
            (a, _, state) =>
            {
                Span<double> squares = state.Squares.AsSpan(0, rows.Count - a - 1);
                rows.SquaredDistances(a, a + 1, squares);
                for (int i = 0; i < squares.Length; i++)
                {
                    state.Tally.Add(a, a + 1 + i, rows.Distance(squares[i]), Math.Abs(scores[a] - scores[a + 1 + i]));
                }

                return state;
            },
            state =>
            {
                lock (gate)
                {
                    total.Add(state.Tally); // counts, a maximum and an ordered list: the order of threads does not matter
                }
            });
        return total;
    }

    private static PairTally DrawnPairs(FeatureRows rows, double[] scores, double constant, int listed, int pairs, int seed, CancellationToken cancellationToken)
    {
        var tally = new PairTally(constant, listed);
        var random = new Random(seed);
        for (int drawn = 0; drawn < pairs; drawn++)
        {
            if (drawn % 65536 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int a = random.Next(rows.Count);
            int b = random.Next(rows.Count - 1);
            b += b >= a ? 1 : 0;
            (a, b) = (Math.Min(a, b), Math.Max(a, b));
            tally.Add(a, b, rows.Distance(rows.SquaredDistance(a, b)), Math.Abs(scores[a] - scores[b]));
        }

        return tally;
    }
}
