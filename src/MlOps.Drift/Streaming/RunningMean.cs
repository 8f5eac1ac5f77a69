namespace MlOps.Drift.Streaming;

/// <summary>A mean that takes one value at a time without a growing sum.</summary>
/// <remarks>Rounds as River's <c>stats.Mean</c>: <c>m += (1 / n) · (x − m)</c>, the quotient first.
/// <para>Source: D. H. D. West, "Updating Mean and Variance Estimates", Comm. ACM 22 (1979) 532–535.</para></remarks>
internal struct RunningMean
{
    /// <summary>n, the values seen.</summary>
    internal long Count;

    /// <summary>The mean; 0 before the first value.</summary>
    internal double Value;

    internal void Add(double x)
    {
        Count++;
        Value += 1.0 / Count * (x - Value);
    }

    internal void Exchange(DetectorState state, string name)
    {
        state.Whole(name + "Count", ref Count);
        state.Number(name, ref Value);
    }
}
