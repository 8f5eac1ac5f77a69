using MathNet.Numerics.Distributions;

namespace MlOps.Drift.Streaming;

/// <summary>STEPD: signals that a model's recent error rate differs from the one before, by a test of equal proportions.</summary>
/// <remarks>
/// The last <c>W</c> values are recent (<c>nᵣ = W</c>, <c>wᵣ</c> errors), all before them older (<c>nₒ</c>, <c>wₒ</c>). From
/// <c>nₒ ≥ W</c> on, with <c>p̂ = (wₒ + wᵣ)/(nₒ + nᵣ)</c> and <c>v = 1/nₒ + 1/nᵣ</c>:
/// <c>T = (|wₒ/nₒ − wᵣ/nᵣ| − v/2)/√(p̂(1 − p̂)·v)</c>, with Yates's correction. Its two-sided normal p-value below <c>alphaDrift</c> is a
/// drift, below <c>alphaWarning</c> a warning. Equal shares, or nothing but errors or none, give p = 1.
/// <para>Feed 1 for a wrong prediction and 0 for a right one. O(1) time, O(W) memory. Not thread-safe. River has no STEPD; MOA's differs
/// where T is negative: it takes |T| and can call equal shares a drift.</para>
/// <para>Source: K. Nishida, K. Yamauchi, "Detecting Concept Drift Using Statistical Testing", Discovery Science 2007, 264–269.</para>
/// </remarks>
public sealed class Stepd : DriftDetector
{
    internal const string TypeName = "stepd";

    private readonly double _alphaDrift;
    private readonly double _alphaWarning;
    private readonly DriftDirection _mode;
    private readonly double _driftLimit;
    private readonly double _warningLimit;
    private readonly byte[] _recent;
    private int _oldest;
    private long _recentErrors;
    private long _olderErrors;
    private double _statistic;

    /// <summary>Makes a detector that has seen nothing.</summary>
    /// <param name="windowSize">W, the values that count as recent, ≥ 1.</param>
    /// <param name="alphaDrift">In (0, 1): the p-value below which there is drift.</param>
    /// <param name="alphaWarning">In (0, 1), at least <paramref name="alphaDrift"/>.</param>
    /// <param name="mode">Which changes of the error rate count; Up: only more errors.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Stepd(int windowSize = 30, double alphaDrift = 0.003, double alphaWarning = 0.05, DriftDirection mode = DriftDirection.Both)
    {
        _recent = new byte[Guard.AtLeast(windowSize, 1)];
        _alphaDrift = InnerShare(alphaDrift);
        InnerShare(alphaWarning);
        _alphaWarning = Guard.AtLeast(alphaWarning, alphaDrift);
        _mode = Defined(mode);
        _driftLimit = -Normal.InvCDF(0, 1, alphaDrift / 2);
        _warningLimit = -Normal.InvCDF(0, 1, alphaWarning / 2);
        Forget();
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets T; a watched difference counts positive, another gives 0. NaN before 2·W values.</summary>
    public override double Statistic => _statistic;

    /// <summary>Gets the T whose p-value is <c>alphaDrift</c>.</summary>
    public override double Limit => _driftLimit;

    /// <inheritdoc/>
    public override string StatisticName => "T";

    /// <summary>Gets the two-sided p-value of T, in [0, 1]; NaN before 2·W values.</summary>
    public double PValue => double.IsNaN(_statistic) ? double.NaN : Math.Min(1, 2 * Normal.CDF(0, 1, -_statistic));

    internal override (string Name, IConvertible Value)[] Parameters =>
        [("windowSize", _recent.Length), ("alphaDrift", _alphaDrift), ("alphaWarning", _alphaWarning), ("mode", _mode)];

    /// <summary>Takes one outcome, 1 = wrong or 0 = right, and returns <see cref="DriftDetector.DriftDetected"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is neither 0 nor 1; the state is unchanged.</exception>
    public override bool Update(double value)
    {
        Bit(value);
        Begin();
        byte error = (byte)value;
        if (Count > _recent.Length)
        {
            _olderErrors += _recent[_oldest];
            _recentErrors -= _recent[_oldest];
        }

        _recent[_oldest] = error;
        _recentErrors += error;
        _oldest = _oldest + 1 == _recent.Length ? 0 : _oldest + 1;
        if (Count >= 2L * _recent.Length)
        {
            _statistic = Compare();
            DriftDetected = _statistic > _driftLimit;
            WarningDetected = !DriftDetected && _statistic > _warningLimit;
        }

        return DriftDetected;
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        state.Bytes("recent", _recent);
        state.Whole("oldest", ref _oldest, _recent.Length - 1);
        state.Whole("recentErrors", ref _recentErrors, _recent.Length);
        state.Whole("olderErrors", ref _olderErrors);
        state.Number("statistic", ref _statistic);
        state.Demand(_recent.Sum(error => (long)error) == _recentErrors, "the errors of the recent window are not as many as it says");
    }

    private protected override void Forget()
    {
        Array.Clear(_recent);
        _oldest = 0;
        _recentErrors = 0;
        _olderErrors = 0;
        _statistic = double.NaN;
    }

    private double Compare()
    {
        double recent = _recent.Length;
        double older = Count - _recent.Length;
        double rise = (_recentErrors / recent) - (_olderErrors / older);
        bool watched = _mode == DriftDirection.Both || (_mode == DriftDirection.Up ? rise > 0 : rise < 0);
        double p = (_recentErrors + _olderErrors) / (double)Count;
        if (!watched || p is 0 or 1)
        {
            return 0;
        }

        double v = (1 / older) + (1 / recent);
        return (Math.Abs(rise) - (v / 2)) / Math.Sqrt(p * (1 - p) * v);
    }
}
