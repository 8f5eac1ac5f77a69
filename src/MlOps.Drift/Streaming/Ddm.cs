namespace MlOps.Drift.Streaming;

/// <summary>Drift detection method (DDM): signals that a model's error rate has risen above its best.</summary>
/// <remarks>
/// <c>p</c> is the share of errors so far, <c>s = √(p(1 − p)/n)</c>. After <c>warmStart</c> values <c>p</c> and <c>s</c> are kept as
/// <c>p_min</c>, <c>s_min</c> whenever <c>p + s</c> is at its least; warning when <c>p + s &gt; p_min + w·s_min</c>, drift when
/// <c>p + s &gt; p_min + d·s_min</c>. A drift clears the warning.
/// <para>Feed 1 for a wrong prediction and 0 for a right one. Only a rise is seen. A model without a single error in the warm-up has
/// s_min = 0: its first error is then a drift. O(1) time and memory a value. Not thread-safe. Equals River's
/// <c>drift.binary.DDM</c>.</para>
/// <para>Source: J. Gama, P. Medas, G. Castillo, P. Rodrigues, "Learning with Drift Detection", SBIA 2004, 286–295.</para>
/// </remarks>
public sealed class Ddm : DriftDetector
{
    internal const string TypeName = "ddm";

    private readonly int _warmStart;
    private readonly double _warningThreshold;
    private readonly double _driftThreshold;
    private RunningMean _errors;
    private double _deviation;
    private double _lowestRate;
    private double _lowestDeviation;

    /// <summary>Makes a detector that has seen nothing.</summary>
    /// <param name="warmStart">Values to see before anything is judged, ≥ 1.</param>
    /// <param name="warningThreshold">w &gt; 0, in standard deviations.</param>
    /// <param name="driftThreshold">d ≥ w, in standard deviations.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Ddm(int warmStart = 30, double warningThreshold = 2, double driftThreshold = 3)
    {
        _warmStart = Guard.AtLeast(warmStart, 1);
        _warningThreshold = Guard.Positive(warningThreshold);
        Guard.Positive(driftThreshold);
        _driftThreshold = Guard.AtLeast(driftThreshold, warningThreshold);
        Forget();
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets p, the share of errors so far, in [0, 1]; 0 before the first value.</summary>
    public double ErrorRate => _errors.Value;

    /// <summary>Gets p + s; NaN during the warm-up.</summary>
    public override double Statistic => Count <= _warmStart ? double.NaN : _errors.Value + _deviation;

    /// <summary>Gets p_min + d·s_min; NaN during the warm-up.</summary>
    public override double Limit => Count <= _warmStart ? double.NaN : _lowestRate + (_driftThreshold * _lowestDeviation);

    /// <inheritdoc/>
    public override string StatisticName => "error rate + deviation";

    internal override (string Name, IConvertible Value)[] Parameters =>
        [("warmStart", _warmStart), ("warningThreshold", _warningThreshold), ("driftThreshold", _driftThreshold)];

    /// <summary>Takes one outcome, 1 = wrong or 0 = right, and returns <see cref="DriftDetector.DriftDetected"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is neither 0 nor 1; the state is unchanged.</exception>
    public override bool Update(double value)
    {
        Bit(value);
        Begin();
        _errors.Add(value);
        double p = _errors.Value;
        _deviation = Math.Sqrt(p * (1 - p) / Count);
        if (Count <= _warmStart)
        {
            return false;
        }

        double level = p + _deviation;
        if (level <= _lowestRate + _lowestDeviation)
        {
            _lowestRate = p;
            _lowestDeviation = _deviation;
        }

        DriftDetected = level > _lowestRate + (_driftThreshold * _lowestDeviation);
        WarningDetected = !DriftDetected && level > _lowestRate + (_warningThreshold * _lowestDeviation);
        return DriftDetected;
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        _errors.Exchange(state, "errorRate");
        state.Number("deviation", ref _deviation);
        state.Number("lowestRate", ref _lowestRate);
        state.Number("lowestDeviation", ref _lowestDeviation);
    }

    private protected override void Forget()
    {
        _errors = default;
        _deviation = 0;
        _lowestRate = double.PositiveInfinity;
        _lowestDeviation = double.PositiveInfinity;
    }
}
