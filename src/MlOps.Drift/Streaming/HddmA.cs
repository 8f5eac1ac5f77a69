namespace MlOps.Drift.Streaming;

/// <summary>HDDM-A: signals by Hoeffding's bound that the mean of a stream of values in [0, 1] has risen above its lowest.</summary>
/// <remarks>
/// <c>z</c> is the mean of all n values, <c>ε(n) = √(ln(1/c)/(2n))</c> with c the drift confidence. The cut <c>x</c> is <c>z</c> at the
/// time when <c>z + ε</c> was least. Change at confidence c when <c>z − x ≥ √(m/2 · ln(2/c))</c>, <c>m = (n − nₓ)/(n·nₓ)</c>: tested for
/// the drift, then for the warning. Two-sided, a fall below the highest <c>z − ε</c> counts too; a warning about one side can then stand
/// beside a drift of the other, as in River.
/// <para>Feed errors (1 = wrong, 0 = right) or any score in [0, 1]. Best at sudden change. O(1) time and memory a value. Not
/// thread-safe. Equals River's <c>drift.binary.HDDMA</c>.</para>
/// <para>Source: I. Frías-Blanco et al., "Online and Non-Parametric Drift Detection Methods Based on Hoeffding's Bounds", IEEE Trans.
/// Knowledge and Data Engineering 27 (2015) 810–823.</para>
/// </remarks>
public sealed class HddmA : DriftDetector
{
    internal const string TypeName = "hddm-a";

    private readonly double _driftConfidence;
    private readonly double _warningConfidence;
    private readonly bool _twoSidedTest;
    private readonly double _logBound;
    private readonly double _logDrift;
    private readonly double _logWarning;
    private RunningMean _all;
    private RunningMean _low;
    private RunningMean _high;

    /// <summary>Makes a detector that has seen nothing.</summary>
    /// <param name="driftConfidence">In (0, 1): the chance of a false alarm that is accepted at each test.</param>
    /// <param name="warningConfidence">In (0, 1), at least the drift confidence.</param>
    /// <param name="twoSidedTest">Whether a fall of the mean counts too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public HddmA(double driftConfidence = 0.001, double warningConfidence = 0.005, bool twoSidedTest = false)
    {
        _driftConfidence = InnerShare(driftConfidence);
        InnerShare(warningConfidence);
        _warningConfidence = Guard.AtLeast(warningConfidence, driftConfidence);
        _twoSidedTest = twoSidedTest;
        _logBound = Math.Log(1 / driftConfidence);
        _logDrift = Math.Log(2 / driftConfidence);
        _logWarning = Math.Log(2 / warningConfidence);
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets z, the mean of all values, in [0, 1]; 0 before the first.</summary>
    public double Mean => _all.Value;

    /// <summary>Gets how far z has moved from its cut (two-sided: the side that is nearer its limit), in [0, 1]; NaN before the first value.</summary>
    public override double Statistic => Count == 0 ? double.NaN : FallIsNearer() ? _high.Value - _all.Value : _all.Value - _low.Value;

    /// <summary>Gets the move that would be a drift; NaN while the cut is the latest value.</summary>
    public override double Limit => FallIsNearer() ? Bound(_high, _logDrift) : Bound(_low, _logDrift);

    /// <inheritdoc/>
    public override string StatisticName => "move of the mean";

    internal override (string Name, IConvertible Value)[] Parameters =>
        [("driftConfidence", _driftConfidence), ("warningConfidence", _warningConfidence), ("twoSidedTest", _twoSidedTest)];

    /// <summary>Takes one value in [0, 1] and returns <see cref="DriftDetector.DriftDetected"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN or outside [0, 1]; the state is unchanged.</exception>
    public override bool Update(double value)
    {
        Guard.Share(value);
        Begin();
        _all.Add(value);
        if (Count == 1)
        {
            _low = _all;
            _high = _all;
        }

        double epsilon = Epsilon(_all.Count);
        if (_low.Value + Epsilon(_low.Count) >= _all.Value + epsilon)
        {
            _low = _all;
        }

        double rise = _all.Value - _low.Value;
        DriftDetected = rise >= Bound(_low, _logDrift);
        WarningDetected = !DriftDetected && rise >= Bound(_low, _logWarning);
        if (_twoSidedTest)
        {
            WatchFall(epsilon);
        }

        return DriftDetected;
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        _all.Exchange(state, "all");
        _low.Exchange(state, "low");
        _high.Exchange(state, "high");
    }

    private protected override void Forget()
    {
        _all = default;
        _low = default;
        _high = default;
    }

    private void WatchFall(double epsilon)
    {
        if (_high.Value - Epsilon(_high.Count) <= _all.Value - epsilon)
        {
            _high = _all;
        }

        double fall = _high.Value - _all.Value;
        if (fall >= Bound(_high, _logDrift))
        {
            DriftDetected = true;
        }
        else if (fall >= Bound(_high, _logWarning))
        {
            WarningDetected = true;
        }
    }

    private double Epsilon(double n) => Math.Sqrt(1 / (2 * n) * _logBound);

    /// <summary>The move since the cut that is a change; NaN, which no move reaches, while the cut is the latest value.</summary>
    private double Bound(RunningMean cut, double log)
    {
        double n = _all.Count;
        double m = (n - cut.Count) / cut.Count * (1 / n);
        return m == 0 ? double.NaN : Math.Sqrt(m / 2 * log);
    }

    private bool FallIsNearer() =>
        _twoSidedTest && (_high.Value - _all.Value) / Bound(_high, _logDrift) > (_all.Value - _low.Value) / Bound(_low, _logDrift);
}
