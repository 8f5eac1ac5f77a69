namespace MlOps.Drift.Streaming;

/// <summary>Mean and sample variance that take one value at a time; rounds as River's <c>stats.Var</c>.</summary>
/// <remarks>Source: B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products", Technometrics 4 (1962) 419–420.</remarks>
internal struct RunningVariance
{
    /// <summary>The mean of the values.</summary>
    internal RunningMean Mean;

    /// <summary>Σ (x − mean)².</summary>
    private double _squares;

    /// <summary>Gets the variance with divisor n − 1; 0 below two values.</summary>
    internal readonly double Value => Mean.Count > 1 ? _squares / (Mean.Count - 1) : 0;

    internal void Add(double x)
    {
        double before = Mean.Value;
        Mean.Add(x);
        _squares += (x - before) * (x - Mean.Value);
    }

    internal void Exchange(DetectorState state, string name)
    {
        Mean.Exchange(state, name + "Mean");
        state.Number(name + "Squares", ref _squares);
    }
}
