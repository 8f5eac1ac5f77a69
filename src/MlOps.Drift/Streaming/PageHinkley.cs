namespace MlOps.Drift.Streaming;

/// <summary>Page–Hinkley test with a fading memory: signals that the mean of a stream has moved.</summary>
/// <remarks>
/// With <c>x̄ₜ</c> the mean of all values up to and including <c>xₜ</c>:
/// <c>uₜ = α·uₜ₋₁ + (xₜ − x̄ₜ) − δ</c>, <c>dₜ = α·dₜ₋₁ + (xₜ − x̄ₜ) + δ</c>; from <c>minInstances</c> values on, drift when
/// <c>uₜ − min u &gt; λ</c> (a rise) or <c>max d − dₜ &gt; λ</c> (a fall). <c>max d</c> starts at −1, as in River.
/// <para>Unit: that of the stream, so <c>δ</c> and <c>λ</c> must be chosen for it; the defaults suit errors and shares. Knows no warning.
/// O(1) time and memory a value. Not thread-safe. Equals River's <c>drift.PageHinkley</c>, index by index.</para>
/// <para>Sources: E. S. Page, "Continuous Inspection Schemes", Biometrika 41 (1954) 100–115; R. Sebastião, J. M. Fernandes, "Supporting
/// the Page–Hinkley Test with Empirical Mode Decomposition for Change Detection", ISMIS 2017.</para>
/// </remarks>
public sealed class PageHinkley : DriftDetector
{
    internal const string TypeName = "page-hinkley";

    /// <summary>River's start of max d: a fall is measured from at least here.</summary>
    private const double FirstHighest = -1;

    private readonly int _minInstances;
    private readonly double _delta;
    private readonly double _threshold;
    private readonly double _alpha;
    private readonly DriftDirection _mode;
    private double _mean;
    private double _up;
    private double _down;
    private double _lowestUp;
    private double _highestDown;

    /// <summary>Makes a detector that has seen nothing.</summary>
    /// <param name="minInstances">Values to see before the first detection, ≥ 1.</param>
    /// <param name="delta">δ ≥ 0, the move per value that is tolerated, in the unit of the stream.</param>
    /// <param name="threshold">λ &gt; 0, the level that counts as drift, same unit. Larger: fewer false alarms, later detection.</param>
    /// <param name="alpha">α in (0, 1], how much of the evidence each value leaves; 1 forgets nothing.</param>
    /// <param name="mode">Which moves of the mean count.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public PageHinkley(int minInstances = 30, double delta = 0.005, double threshold = 50, double alpha = 1 - 0.0001, DriftDirection mode = DriftDirection.Both)
    {
        _minInstances = Guard.AtLeast(minInstances, 1);
        _delta = Guard.NonNegative(delta);
        _threshold = Guard.Positive(threshold);
        Guard.Positive(alpha);
        _alpha = Guard.Share(alpha);
        _mode = Defined(mode);
        Forget();
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets x̄, the mean of the values since the start; 0 before the first.</summary>
    public double Mean => _mean;

    /// <summary>Gets the larger of the watched <c>u − min u</c> and <c>max d − d</c>, in the unit of the stream; NaN before the first value.</summary>
    public override double Statistic => Count == 0 ? double.NaN : _mode switch
    {
        DriftDirection.Up => _up - _lowestUp,
        DriftDirection.Down => _highestDown - _down,
        _ => Math.Max(_up - _lowestUp, _highestDown - _down),
    };

    /// <summary>Gets λ.</summary>
    public override double Limit => _threshold;

    /// <inheritdoc/>
    public override string StatisticName => "evidence";

    internal override (string Name, IConvertible Value)[] Parameters =>
        [("minInstances", _minInstances), ("delta", _delta), ("threshold", _threshold), ("alpha", _alpha), ("mode", _mode)];

    /// <inheritdoc/>
    public override bool Update(double value)
    {
        Guard.Finite(value);
        Begin();
        _mean += 1.0 / Count * (value - _mean);
        double deviation = value - _mean;
        _up = (_alpha * _up) + deviation - _delta;
        _down = (_alpha * _down) + deviation + _delta;
        _lowestUp = double.MinNative(_up, _lowestUp); // no branch: near a record nobody could predict it
        _highestDown = double.MaxNative(_down, _highestDown);
        if (Count >= _minInstances)
        {
            bool risen = _up - _lowestUp > _threshold;
            bool fallen = _highestDown - _down > _threshold;
            DriftDetected = (risen && _mode != DriftDirection.Down) || (fallen && _mode != DriftDirection.Up);
        }

        return DriftDetected;
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        state.Number("mean", ref _mean);
        state.Number("up", ref _up);
        state.Number("down", ref _down);
        state.Number("lowestUp", ref _lowestUp);
        state.Number("highestDown", ref _highestDown);
    }

    private protected override void Forget()
    {
        _mean = 0;
        _up = 0;
        _down = 0;
        _lowestUp = double.PositiveInfinity;
        _highestDown = FirstHighest;
    }
}
