namespace MlOps.Drift.Streaming;

/// <summary>ADWIN: keeps a window as long as its mean has not changed; signals when an older and a newer part differ.</summary>
/// <remarks>
/// Every <c>clock</c> values each boundary of buckets cuts the window of <c>w</c> values, variance <c>v</c>, into an older part of <c>n₀</c>
/// and a newer of <c>n₁</c>, both at least <c>minWindowLength</c>. With <c>d = ln(2·ln w/δ)</c> and
/// <c>m = 1/(n₀ − minWindowLength + 1) + 1/(n₁ − minWindowLength + 1)</c> the means differ when
/// <c>|x̄₀ − x̄₁| &gt; √(2·m·v·d) + 2/3·d·m</c>; the oldest bucket is then dropped, until no cut differs: a drift.
/// <para>The term <c>2/3·d·m</c> supposes values in [0, 1]: scale others. Row i of buckets sums up 2ⁱ values each, so a window of w values
/// takes O(log w) memory, and O(log w)/clock time a value. Knows no warning. Not thread-safe. Equals River's <c>drift.ADWIN</c> of the
/// version chosen, index by index.</para>
/// <para>Sources: A. Bifet, R. Gavaldà, "Learning from Time-Changing Data with Adaptive Windowing", SDM 2007, 443–448; B. Babcock et al.,
/// "Maintaining Variance and k-Medians over Data Stream Windows", PODS 2003, 234–243.</para>
/// </remarks>
public sealed class Adwin : DriftDetector
{
    internal const string TypeName = "adwin";

    private readonly AdwinVersion _version;
    private readonly double _delta;
    private readonly int _clock;
    private readonly int _maxBuckets;
    private readonly int _minWindowLength;
    private readonly int _gracePeriod;
    private readonly BucketRows _buckets;
    private long _width;
    private double _total;
    private double _squares;
    private int _untilCheck;

    /// <summary>Makes a detector that has seen nothing.</summary>
    /// <param name="delta">δ in (0, 1), the confidence of a cut. Smaller: fewer false alarms, later detection.</param>
    /// <param name="clock">Values from one check to the next, ≥ 1.</param>
    /// <param name="maxBuckets">Buckets of one size that are kept before two are joined, ≥ 2. Larger: finer cuts, more work.</param>
    /// <param name="minWindowLength">Values in the shortest part that is compared, ≥ 1.</param>
    /// <param name="gracePeriod">Values in the window that are too few to check, ≥ 0.</param>
    /// <param name="version">Which ADWIN of River to equal.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Adwin(
        double delta = 0.002, int clock = 32, int maxBuckets = 5, int minWindowLength = 5, int gracePeriod = 10, AdwinVersion version = AdwinVersion.River2026)
    {
        _delta = InnerShare(delta);
        _clock = Guard.AtLeast(clock, 1);
        _maxBuckets = Guard.AtLeast(maxBuckets, 2);
        _minWindowLength = Guard.AtLeast(minWindowLength, 1);
        _gracePeriod = Guard.AtLeast(gracePeriod, 0);
        _version = Defined(version);
        _buckets = new BucketRows(maxBuckets);
        Forget();
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets w, the values in the window.</summary>
    public long Width => _width;

    /// <summary>Gets the sum of the window; 0 when it is empty.</summary>
    public double Total => _total;

    /// <summary>Gets the mean of the window, River's <c>estimation</c>; 0 when it is empty.</summary>
    public double Mean => _width == 0 ? 0 : _total / _width;

    /// <summary>Gets v, the variance of the window with divisor w; 0 when it is empty. River's <c>variance</c> is w times this.</summary>
    public double Variance => _width == 0 ? 0 : _squares / _width;

    /// <summary>Gets w: it falls where the mean has changed.</summary>
    public override double Statistic => _width;

    /// <summary>Gets NaN: the width is not compared with a limit.</summary>
    public override double Limit => double.NaN;

    /// <inheritdoc/>
    public override string StatisticName => "window length";

    internal override (string Name, IConvertible Value)[] Parameters =>
    [
        ("delta", _delta), ("clock", _clock), ("maxBuckets", _maxBuckets), ("minWindowLength", _minWindowLength), ("gracePeriod", _gracePeriod), ("version", _version),
    ];

    /// <inheritdoc/>
    public override bool Update(double value)
    {
        Guard.Finite(value);
        if (_version == AdwinVersion.River2021)
        {
            DriftDetected = false; // that version keeps its window after a detection
        }

        Begin();
        Insert(value);
        if (--_untilCheck == 0)
        {
            _untilCheck = _clock;
            DriftDetected = _width > _gracePeriod && Shrink();
        }

        return DriftDetected;
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        state.Whole("width", ref _width);
        state.Number("total", ref _total);
        state.Number("squares", ref _squares);
        state.Whole("untilCheck", ref _untilCheck, _clock);
        _buckets.Exchange(state);
        state.Demand(_untilCheck > 0, "the next check is due already");
        state.Demand(_buckets.Width == _width, FormattableString.Invariant($"the window has {_width} values, its buckets {_buckets.Width}"));
    }

    private protected override void Forget()
    {
        _buckets.Clear();
        _width = 0;
        _total = 0;
        _squares = 0;
        _untilCheck = _clock;
    }

    private void Insert(double value)
    {
        if (_width > 0)
        {
            double width = _width + 1;
            double deviation = value - (_total / _width);
            _squares += _width * deviation * deviation / width;
        }

        _width++;
        _total += value;
        _buckets.Add(value);
    }

    /// <summary>Drops oldest buckets until the means of no two parts differ; returns whether it dropped one.</summary>
    private bool Shrink()
    {
        bool dropped = false;
        _buckets.Settle();
        while (CutFound())
        {
            DropOldest();
            dropped = true;
        }

        return dropped;
    }

    private bool CutFound()
    {
        double width = _width;
        double shortest = _minWindowLength;
        var test = new CutTest(width, _total, _squares / width, shortest, Math.Log(2 * Math.Log(width) / _delta));
        int passedOver = _version == AdwinVersion.River2026 ? 0 : 1;
        double n0 = 0;
        double n1 = width;
        double u0 = 0;
        double u1 = _total;
        for (int row = _buckets.Rows - 1; row >= 0; row--)
        {
            double size = 1L << row;
            ReadOnlySpan<double> totals = _buckets.Totals(row);
            int last = row == 0 ? 1 : passedOver; // there is nothing newer than the newest value
            foreach (double total in totals[..(totals.Length - last)])
            {
                n0 += size;
                n1 -= size;
                u0 += total;
                u1 -= total;
                if (test.MayDiffer(n0, u0, n1, u1) && n0 >= shortest && n1 >= shortest && test.Differs(n0, u0, n1, u1))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void DropOldest()
    {
        (double n, double total, double squares) = _buckets.RemoveOldest();
        _width -= (long)n;
        _total -= total;
        double width = _width;
        double gap = (total / n) - (_total / width);
        _squares -= squares + (n * width * gap * gap / (n + width));
    }
}
