namespace MlOps.Drift.Streaming;

/// <summary>Early drift detection method (EDDM): signals that a model's errors come closer together.</summary>
/// <remarks>
/// On each error the distance to the one before is taken (the first counts from the start); <c>v = p′ + 2·s′</c> from mean and sample
/// standard deviation of the distances. After <c>warmStart</c> values the largest <c>v</c> is kept; once there are more than
/// <c>warmStart</c> errors, drift when <c>v / v_max &lt; β</c>, warning when <c>v / v_max &lt; α</c>. Between errors nothing changes: a
/// warning lasts.
/// <para>Feed 1 for a wrong prediction and 0 for a right one. Better than DDM on slow change, with more false alarms. O(1) time and
/// memory a value. Not thread-safe. Equals River's <c>drift.binary.EDDM</c>, where a warning also stays up beside the drift it led to.</para>
/// <para>Source: M. Baena-García et al., "Early Drift Detection Method", 4th Workshop on Knowledge Discovery from Data Streams, 2006.</para>
/// </remarks>
public sealed class Eddm : DriftDetector
{
    internal const string TypeName = "eddm";

    private readonly int _warmStart;
    private readonly double _alpha;
    private readonly double _beta;
    private RunningVariance _distances;
    private long _lastError;
    private double _largest;
    private double _level;

    /// <summary>Makes a detector that has seen nothing.</summary>
    /// <param name="warmStart">Values before the largest v is kept, and errors before anything is judged; ≥ 1.</param>
    /// <param name="alpha">α in (0, 1], the warning level; at least β. Smaller: fewer false alarms.</param>
    /// <param name="beta">β in (0, 1], the drift level.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range, or α &lt; β.</exception>
    public Eddm(int warmStart = 30, double alpha = 0.95, double beta = 0.9)
    {
        _warmStart = Guard.AtLeast(warmStart, 1);
        Guard.Positive(beta);
        _beta = Guard.Share(beta);
        Guard.Share(alpha);
        _alpha = Guard.AtLeast(alpha, beta);
        Forget();
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets v / v_max at the last error, in (0, 1]; a drift is below <see cref="Limit"/>. NaN until errors are judged.</summary>
    public override double Statistic => _level;

    /// <summary>Gets β.</summary>
    public override double Limit => _beta;

    /// <inheritdoc/>
    public override string StatisticName => "distance of errors, share of the largest";

    internal override (string Name, IConvertible Value)[] Parameters => [("warmStart", _warmStart), ("alpha", _alpha), ("beta", _beta)];

    /// <summary>Takes one outcome, 1 = wrong or 0 = right, and returns <see cref="DriftDetector.DriftDetected"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is neither 0 nor 1; the state is unchanged.</exception>
    public override bool Update(double value)
    {
        Bit(value);
        Begin();
        if (value == 1)
        {
            _distances.Add(Count - _lastError);
            _lastError = Count;
            if (Count > _warmStart)
            {
                Judge(_distances.Mean.Value + (2 * Math.Pow(_distances.Value, 0.5))); // Pow, not Sqrt: River's rounding
            }
        }

        return DriftDetected;
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        _distances.Exchange(state, "distances");
        state.Whole("lastError", ref _lastError);
        state.Number("largest", ref _largest);
        state.Number("level", ref _level);
    }

    private protected override void Forget()
    {
        _distances = default;
        _lastError = 0;
        _largest = -1;
        _level = double.NaN;
    }

    private void Judge(double spread)
    {
        if (spread > _largest)
        {
            _largest = spread;
        }
        else if (_distances.Mean.Count > _warmStart)
        {
            _level = spread / _largest;
            if (_level < _beta)
            {
                DriftDetected = true;
            }
            else
            {
                WarningDetected = _level < _alpha;
            }
        }
    }
}
