namespace MlOps.Drift.Streaming;

/// <summary>EWMA control chart: signals that the recent mean of a stream has left its mean since the start.</summary>
/// <remarks>
/// <c>z₁ = x₁</c>, <c>z = α·x + (1 − α)·z</c>; <c>q</c> the same of the squares; <c>x̄</c> the mean of all values. From <c>minInstances</c>
/// values on, drift when <c>z − x̄</c> (a rise) or <c>x̄ − z</c> (a fall) exceeds
/// <c>L·√(q − z²)·√(α/(2 − α)·(1 − (1 − α)²ⁿ))</c>, <c>L</c> the threshold, <c>n</c> the values seen.
/// <para>The unit of the stream does not matter. Knows no warning. Where values are large and vary little, <c>q − z²</c> loses its digits
/// (River's form, kept): take an offset off first. O(1) time and memory a value. Not thread-safe. Equals River's <c>drift.EWMA</c>.</para>
/// <para>Source: S. W. Roberts, "Control Chart Tests Based on Geometric Moving Averages", Technometrics 1 (1959) 239–250.</para>
/// </remarks>
public sealed class Ewma : DriftDetector
{
    internal const string TypeName = "ewma";

    private readonly double _alpha;
    private readonly double _threshold;
    private readonly int _minInstances;
    private readonly DriftDirection _mode;
    private RunningMean _mean;
    private double _recent;
    private double _recentSquares;
    private double _bound;
    private double _width;
    private bool _settled;

    /// <summary>Makes a detector that has seen nothing.</summary>
    /// <param name="alpha">α in (0, 1], the weight of the newest value. Smaller: smoother and slower.</param>
    /// <param name="threshold">L &gt; 0, the standard errors that count as drift.</param>
    /// <param name="minInstances">Values to see before the first detection, ≥ 1.</param>
    /// <param name="mode">Which moves of the mean count.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Ewma(double alpha = 0.1, double threshold = 4, int minInstances = 30, DriftDirection mode = DriftDirection.Both)
    {
        Guard.Positive(alpha);
        _alpha = Guard.Share(alpha);
        _threshold = Guard.Positive(threshold);
        _minInstances = Guard.AtLeast(minInstances, 1);
        _mode = Defined(mode);
        Forget();
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets x̄, the mean of all values; 0 before the first.</summary>
    public double Mean => _mean.Value;

    /// <summary>Gets z, the mean that favours recent values; 0 before the first.</summary>
    public double RecentMean => _recent;

    /// <summary>Gets the watched distance of z from x̄, in the unit of the stream; NaN before the first value.</summary>
    public override double Statistic => Count == 0 ? double.NaN : _mode switch
    {
        DriftDirection.Up => _recent - _mean.Value,
        DriftDirection.Down => _mean.Value - _recent,
        _ => Math.Abs(_recent - _mean.Value),
    };

    /// <summary>Gets the distance that would be a drift; NaN before <c>minInstances</c> values.</summary>
    public override double Limit => _bound;

    /// <inheritdoc/>
    public override string StatisticName => "recent mean − mean";

    internal override (string Name, IConvertible Value)[] Parameters =>
        [("alpha", _alpha), ("threshold", _threshold), ("minInstances", _minInstances), ("mode", _mode)];

    /// <inheritdoc/>
    public override bool Update(double value)
    {
        Guard.Finite(value);
        Begin();
        bool first = Count == 1;
        double kept = 1 - _alpha;
        _recent = first ? value : (_alpha * value) + (kept * _recent);
        _recentSquares = first ? value * value : (_alpha * (value * value)) + (kept * _recentSquares);
        _mean.Add(value);
        if (Count < _minInstances)
        {
            return false;
        }

        if (!_settled)
        {
            double faded = Math.Pow(kept, 2 * Count);
            _width = Math.Pow(_alpha / (2 - _alpha) * (1 - faded), 0.5);
            _settled = 1 - faded == 1; // and stays so: no more powers to compute
        }

        double variance = _recentSquares - (_recent * _recent);
        double sigma = Math.Pow(variance < 0 ? 0 : variance, 0.5); // Pow, not Sqrt: River's rounding
        _bound = _threshold * sigma * _width;
        double rise = _recent - _mean.Value;
        return DriftDetected = (rise > _bound && _mode != DriftDirection.Down) || (-rise > _bound && _mode != DriftDirection.Up);
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        _mean.Exchange(state, "mean");
        state.Number("recent", ref _recent);
        state.Number("recentSquares", ref _recentSquares);
        state.Number("bound", ref _bound);
        state.Number("width", ref _width);
        state.Flag("settled", ref _settled);
    }

    private protected override void Forget()
    {
        _mean = default;
        _recent = 0;
        _recentSquares = 0;
        _bound = double.NaN;
        _width = double.NaN;
        _settled = false;
    }
}
