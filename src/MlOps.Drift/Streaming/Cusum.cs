namespace MlOps.Drift.Streaming;

/// <summary>CUSUM control chart: signals that the mean of a stream has left the one it had during the warm-up.</summary>
/// <remarks>
/// <c>μ</c> and <c>σ</c> are mean and sample standard deviation of the first <c>minInstances</c> values, then fixed. From the last of
/// these on, <c>S⁺ = max(0, S⁺ + (x − μ) − k·σ)</c> and <c>S⁻ = max(0, S⁻ − (x − μ) − k·σ)</c>; drift when one exceeds <c>h·σ</c>.
/// <para><c>k</c> (slack) and <c>h</c> (threshold) are multiples of <c>σ</c>, so the unit of the stream does not matter. After a constant
/// warm-up <c>σ</c> is 0 and the first other value is a drift. At k = 0.5, h = 5 a stable stream gives a false alarm every few hundred
/// values. Knows no warning. O(1) time and memory a value. Not thread-safe. Equals River's <c>drift.CUSUM</c>.</para>
/// <para>Source: E. S. Page, "Continuous Inspection Schemes", Biometrika 41 (1954) 100–115.</para>
/// </remarks>
public sealed class Cusum : DriftDetector
{
    internal const string TypeName = "cusum";

    private readonly int _minInstances;
    private readonly double _slack;
    private readonly double _threshold;
    private readonly DriftDirection _mode;
    private RunningVariance _warmUp;
    private double _reference;
    private double _sigma;
    private double _rise;
    private double _fall;

    /// <summary>Makes a detector that has seen nothing.</summary>
    /// <param name="minInstances">Values of the warm-up, ≥ 1; below 2 σ is 0.</param>
    /// <param name="slack">k ≥ 0, the move that is tolerated, in standard deviations.</param>
    /// <param name="threshold">h &gt; 0, the level that counts as drift, in standard deviations. Larger: fewer false alarms, later detection.</param>
    /// <param name="mode">Which moves of the mean count.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Cusum(int minInstances = 30, double slack = 0.5, double threshold = 5, DriftDirection mode = DriftDirection.Both)
    {
        _minInstances = Guard.AtLeast(minInstances, 1);
        _slack = Guard.NonNegative(slack);
        _threshold = Guard.Positive(threshold);
        _mode = Defined(mode);
        Forget();
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets μ, the mean of the warm-up; NaN until it is over.</summary>
    public double Reference => _reference;

    /// <summary>Gets σ, the standard deviation of the warm-up; NaN until it is over.</summary>
    public double Sigma => _sigma;

    /// <summary>Gets the larger of the watched S⁺ and S⁻, in the unit of the stream; NaN during the warm-up.</summary>
    public override double Statistic => double.IsNaN(_reference) ? double.NaN : _mode switch
    {
        DriftDirection.Up => _rise,
        DriftDirection.Down => _fall,
        _ => Math.Max(_rise, _fall),
    };

    /// <summary>Gets h·σ; NaN during the warm-up.</summary>
    public override double Limit => _threshold * _sigma;

    /// <inheritdoc/>
    public override string StatisticName => "cumulative sum";

    internal override (string Name, IConvertible Value)[] Parameters =>
        [("minInstances", _minInstances), ("slack", _slack), ("threshold", _threshold), ("mode", _mode)];

    /// <inheritdoc/>
    public override bool Update(double value)
    {
        Guard.Finite(value);
        Begin();
        if (Count <= _minInstances)
        {
            _warmUp.Add(value);
            if (Count < _minInstances)
            {
                return false;
            }

            _reference = _warmUp.Mean.Value;
            _sigma = Math.Pow(Math.Max(_warmUp.Value, 0), 0.5); // Pow, not Sqrt: River's rounding
        }

        double deviation = value - _reference;
        double slack = _slack * _sigma;
        double rise = _rise + deviation - slack;
        double fall = _fall - deviation - slack;
        _rise = rise > 0 ? rise : 0;
        _fall = fall > 0 ? fall : 0;

        double limit = Limit;
        return DriftDetected = (_rise > limit && _mode != DriftDirection.Down) || (_fall > limit && _mode != DriftDirection.Up);
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        _warmUp.Exchange(state, "warmUp");
        state.Number("reference", ref _reference);
        state.Number("sigma", ref _sigma);
        state.Number("rise", ref _rise);
        state.Number("fall", ref _fall);
    }

    private protected override void Forget()
    {
        _warmUp = default;
        _reference = double.NaN;
        _sigma = double.NaN;
        _rise = 0;
        _fall = 0;
    }
}
