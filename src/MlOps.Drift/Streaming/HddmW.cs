namespace MlOps.Drift.Streaming;

/// <summary>HDDM-W: signals by McDiarmid's bound that the recent mean of a stream of values in [0, 1] has risen.</summary>
/// <remarks>
/// A weighted mean starts at its first value, then <c>z = λ·x + (1 − λ)·z</c>, with <c>b = λ² + (1 − λ)²·b</c> from <c>b = 1</c>. The cut is
/// where <c>z + √(b·ln(1/c)/2)</c> of all values was least, c the drift confidence; <c>z₁, b₁</c> are those of the values up to the cut and
/// <c>z₂, b₂</c> of those after it. Change at confidence c when <c>z₂ − z₁ &gt; √((b₁ + b₂)·ln(1/c)/2)</c>: tested for the drift, then for
/// the warning. Two-sided, a fall counts too, from the cut where <c>z − √(…)</c> was greatest.
/// <para>Feed errors (1 = wrong, 0 = right) or any score in [0, 1]. Best at gradual change. O(1) time and memory a value. Not
/// thread-safe. Equals River's <c>drift.binary.HDDMW</c>.</para>
/// <para>Source: I. Frías-Blanco et al., "Online and Non-Parametric Drift Detection Methods Based on Hoeffding's Bounds", IEEE Trans.
/// Knowledge and Data Engineering 27 (2015) 810–823.</para>
/// </remarks>
public sealed class HddmW : DriftDetector
{
    internal const string TypeName = "hddm-w";

    private readonly double _driftConfidence;
    private readonly double _warningConfidence;
    private readonly bool _twoSidedTest;
    private readonly double _lambda;
    private readonly double _lambdaSquared;
    private readonly double _keptSquared;
    private readonly double _logDrift;
    private readonly double _logWarning;
    private WeightedMean _all;
    private WeightedMean _beforeRise;
    private WeightedMean _afterRise;
    private WeightedMean _beforeFall;
    private WeightedMean _afterFall;
    private double _riseCut;
    private double _fallCut;

    /// <summary>Makes a detector that has seen nothing.</summary>
    /// <param name="driftConfidence">In (0, 1): the chance of a false alarm that is accepted at each test.</param>
    /// <param name="warningConfidence">In (0, 1), at least the drift confidence.</param>
    /// <param name="lambda">λ in (0, 1], the weight of the newest value; River's <c>lambda_val</c>. Smaller: smoother and slower.</param>
    /// <param name="twoSidedTest">Whether a fall of the mean counts too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public HddmW(double driftConfidence = 0.001, double warningConfidence = 0.005, double lambda = 0.05, bool twoSidedTest = false)
    {
        _driftConfidence = InnerShare(driftConfidence);
        InnerShare(warningConfidence);
        _warningConfidence = Guard.AtLeast(warningConfidence, driftConfidence);
        Guard.Positive(lambda);
        _lambda = Guard.Share(lambda);
        _twoSidedTest = twoSidedTest;
        _lambdaSquared = lambda * lambda;
        _keptSquared = Math.Pow(1 - lambda, 2);
        _logDrift = Math.Log(1 / driftConfidence);
        _logWarning = Math.Log(1 / warningConfidence);
        Forget();
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets z, the weighted mean of all values, in [0, 1]; 0 before the first.</summary>
    public double Mean => _all.Value;

    /// <summary>Gets z₂ − z₁ (two-sided: of the side that is nearer its limit); NaN while no value lies after the cut.</summary>
    public override double Statistic => FallIsNearer() ? Move(_afterFall, _beforeFall) : Move(_beforeRise, _afterRise);

    /// <summary>Gets the move that would be a drift; NaN while no value lies after the cut.</summary>
    public override double Limit => FallIsNearer() ? Bound(_beforeFall, _afterFall, _logDrift) : Bound(_beforeRise, _afterRise, _logDrift);

    /// <inheritdoc/>
    public override string StatisticName => "move of the weighted mean";

    internal override (string Name, IConvertible Value)[] Parameters =>
        [("driftConfidence", _driftConfidence), ("warningConfidence", _warningConfidence), ("lambda", _lambda), ("twoSidedTest", _twoSidedTest)];

    /// <summary>Takes one value in [0, 1] and returns <see cref="DriftDetector.DriftDetected"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN or outside [0, 1]; the state is unchanged.</exception>
    public override bool Update(double value)
    {
        Guard.Share(value);
        Begin();
        Add(ref _all, value);
        double epsilon = Math.Sqrt(_all.Bound * _logDrift / 2);
        if (_all.Value + epsilon < _riseCut)
        {
            _riseCut = _all.Value + epsilon;
            _beforeRise = _all;
            _afterRise = WeightedMean.Empty;
        }
        else
        {
            Add(ref _afterRise, value);
        }

        double rise = Move(_beforeRise, _afterRise);
        DriftDetected = rise > Bound(_beforeRise, _afterRise, _logDrift);
        WarningDetected = !DriftDetected && rise > Bound(_beforeRise, _afterRise, _logWarning);
        if (_twoSidedTest)
        {
            WatchFall(value, epsilon);
        }

        return DriftDetected;
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        _all.Exchange(state, "all");
        _beforeRise.Exchange(state, "beforeRise");
        _afterRise.Exchange(state, "afterRise");
        _beforeFall.Exchange(state, "beforeFall");
        _afterFall.Exchange(state, "afterFall");
        state.Number("riseCut", ref _riseCut);
        state.Number("fallCut", ref _fallCut);
    }

    private protected override void Forget()
    {
        _all = WeightedMean.Empty;
        _beforeRise = WeightedMean.Empty;
        _afterRise = WeightedMean.Empty;
        _beforeFall = WeightedMean.Empty;
        _afterFall = WeightedMean.Empty;
        _riseCut = double.PositiveInfinity;
        _fallCut = double.NegativeInfinity;
    }

    /// <summary>From one part to the other; NaN, which exceeds no bound, while one of them is empty.</summary>
    private static double Move(in WeightedMean from, in WeightedMean to) => from.Started && to.Started ? to.Value - from.Value : double.NaN;

    private static double Bound(in WeightedMean before, in WeightedMean after, double log) =>
        before.Started && after.Started ? Math.Sqrt((before.Bound + after.Bound) * log / 2) : double.NaN;

    private void WatchFall(double value, double epsilon)
    {
        if (_all.Value - epsilon > _fallCut)
        {
            _fallCut = _all.Value - epsilon;
            _beforeFall = _all;
            _afterFall = WeightedMean.Empty;
        }
        else
        {
            Add(ref _afterFall, value);
        }

        double fall = Move(_afterFall, _beforeFall);
        if (fall > Bound(_beforeFall, _afterFall, _logDrift))
        {
            DriftDetected = true;
        }
        else if (fall > Bound(_beforeFall, _afterFall, _logWarning))
        {
            WarningDetected = true;
        }
    }

    private void Add(ref WeightedMean mean, double x)
    {
        mean.Value = mean.Started ? (_lambda * x) + ((1 - _lambda) * mean.Value) : x;
        mean.Started = true;
        mean.Bound = _lambdaSquared + (_keptSquared * mean.Bound);
    }

    private bool FallIsNearer() =>
        _twoSidedTest
        && Move(_afterFall, _beforeFall) / Bound(_beforeFall, _afterFall, _logDrift) is double fall
        && !double.IsNaN(fall)
        && !(fall <= Move(_beforeRise, _afterRise) / Bound(_beforeRise, _afterRise, _logDrift));

    /// <summary>z and b of a part of the stream.</summary>
    private struct WeightedMean
    {
        internal double Value;
        internal double Bound;
        internal bool Started;

        internal static WeightedMean Empty => new() { Bound = 1 };

        internal void Exchange(DetectorState state, string name)
        {
            state.Number(name, ref Value);
            state.Number(name + "Bound", ref Bound);
            state.Flag(name + "Started", ref Started);
        }
    }
}
