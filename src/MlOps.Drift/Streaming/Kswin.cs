namespace MlOps.Drift.Streaming;

/// <summary>KSWIN: signals by the Kolmogorov–Smirnov test that the newest values of a sliding window are distributed unlike the older ones.</summary>
/// <remarks>
/// The window holds the last <c>windowSize</c> values. Once it is full, at every value: <c>statSize</c> of its older values, drawn at random
/// without replacement, against the newest <c>statSize</c>; drift when the exact two-sample p-value is ≤ <c>alpha</c> and
/// <c>D &gt; 0.1</c>. As both sizes never change, that is one smallest D, computed once.
/// <para>Sees any change of the distribution, not only of the mean, but tests at every value: expect false alarms well above alpha per
/// window. Knows no warning. The draw is Python's: equal seeds, equal draws; the generator goes back to its seed at every reset.
/// O(statSize · log statSize) a value. Not thread-safe. Equals River's <c>drift.KSWIN</c> with the same seed.</para>
/// <para>Source: C. Raab, M. Heusinger, F.-M. Schleif, "Reactive Soft Prototype Computing for Concept Drift Streams", Neurocomputing 416
/// (2020) 340–351.</para>
/// </remarks>
public sealed class Kswin : DriftDetector
{
    internal const string TypeName = "kswin";

    /// <summary>River's limit on D beside the p-value.</summary>
    private const double LeastStatistic = 0.1;

    private readonly double _alpha;
    private readonly int _statSize;
    private readonly int _seed;
    private readonly int _driftGap;
    private readonly MersenneTwister _random;
    private readonly double[] _window;
    private readonly double[] _older;
    private readonly double[] _newest;
    private readonly int[] _chosen;
    private readonly int[] _pool;
    private int _start;
    private int _size;
    private int _gap;

    /// <summary>Makes a detector.</summary>
    /// <param name="alpha">In [0, 1], the p-value up to which there is drift; below 0.01 to be of use.</param>
    /// <param name="windowSize">Values in the window, at least twice <paramref name="statSize"/>.</param>
    /// <param name="statSize">Values in each of the two samples, ≥ 1.</param>
    /// <param name="seed">Of the draw; its sign is ignored.</param>
    /// <param name="window">Finite values seen before, oldest first, so that the test starts sooner; a reset forgets them too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range, or a value of the window is not finite.</exception>
    public Kswin(double alpha = 0.005, int windowSize = 100, int statSize = 30, int seed = 0, IReadOnlyList<double>? window = null)
    {
        _alpha = Guard.Share(alpha);
        _statSize = Guard.AtLeast(statSize, 1);
        _window = new double[Guard.AtLeast(windowSize, 2L * statSize)];
        _seed = seed;
        _random = new MersenneTwister(seed);
        _older = new double[statSize];
        _newest = new double[statSize];
        _chosen = new int[statSize];
        _pool = new int[windowSize - statSize];
        _driftGap = SmallestDriftGap(alpha, statSize);
        Forget();
        foreach (double value in window ?? [])
        {
            Push(Guard.Finite(value, nameof(window)));
        }
    }

    /// <inheritdoc/>
    public override string Name => TypeName;

    /// <summary>Gets D of the last test, in [0, 1]; NaN before the first.</summary>
    public override double Statistic => _gap < 0 ? double.NaN : (double)_gap / _statSize;

    /// <summary>Gets the smallest D that is a drift; NaN where none is.</summary>
    public override double Limit => _driftGap > _statSize ? double.NaN : (double)_driftGap / _statSize;

    /// <inheritdoc/>
    public override string StatisticName => "D";

    /// <summary>Gets the p-value of the last test, in [0, 1]; NaN before the first.</summary>
    public double PValue => _gap < 0 ? double.NaN : Survival(_gap, _statSize);

    internal override (string Name, IConvertible Value)[] Parameters =>
        [("alpha", _alpha), ("windowSize", _window.Length), ("statSize", _statSize), ("seed", _seed)];

    /// <inheritdoc/>
    public override bool Update(double value)
    {
        Guard.Finite(value);
        Begin();
        Push(value);
        if (_size < _window.Length)
        {
            return false;
        }

        _random.Sample(_chosen, _pool);
        for (int i = 0; i < _statSize; i++)
        {
            _older[i] = At(_chosen[i]);
            _newest[i] = At(_pool.Length + i);
        }

        _older.AsSpan().Sort();
        _newest.AsSpan().Sort();
        _gap = LargestGap(_older, _newest);
        return DriftDetected = _gap >= _driftGap;
    }

    internal override void Exchange(DetectorState state)
    {
        base.Exchange(state);
        state.Numbers("window", _window);
        state.Whole("start", ref _start, _window.Length - 1);
        state.Whole("size", ref _size, _window.Length);
        bool tested = _gap >= 0;
        state.Flag("tested", ref tested);
        int gap = Math.Max(0, _gap);
        state.Whole("gap", ref gap, _statSize);
        _gap = tested ? gap : -1;
        _random.Exchange(state);
        state.Demand(_window.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) < 0, "the window holds a value that is not finite");
    }

    private protected override void Forget()
    {
        Array.Clear(_window);
        _start = 0;
        _size = 0;
        _gap = -1;
        _random.Restart();
    }

    /// <summary>The p-value of <c>D = gap / size</c> for two samples of equal size.</summary>
    private static double Survival(int gap, int size) =>
        KolmogorovSmirnov.FromWalk(new MergedWalk((long)gap * size, 0, 0), size, size, KolmogorovMethod.Auto).PValue;

    /// <summary>The smallest <c>statSize · D</c> with p ≤ alpha and D above its limit; one more than there can be, where none is.</summary>
    private static int SmallestDriftGap(double alpha, int statSize)
    {
        int low = 0;
        int high = statSize + 1;
        while (low < high)
        {
            int middle = low + ((high - low) / 2); // the p-value falls as the gap grows
            if ((double)middle / statSize > LeastStatistic && Survival(middle, statSize) <= alpha)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>The largest difference of how many values of each sorted sample have been passed.</summary>
    private static int LargestGap(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int i = 0;
        int j = 0;
        int largest = 0;
        while (i < a.Length && j < b.Length)
        {
            double next = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] == next)
            {
                i++;
            }

            while (j < b.Length && b[j] == next)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs(i - j));
        }

        return largest;
    }

    private double At(int age)
    {
        int index = _start + age;
        return _window[index < _window.Length ? index : index - _window.Length];
    }

    private void Push(double value)
    {
        if (_size < _window.Length)
        {
            int index = _start + _size;
            _window[index < _window.Length ? index : index - _window.Length] = value;
            _size++;
            return;
        }

        _window[_start] = value;
        _start = _start + 1 == _window.Length ? 0 : _start + 1;
    }
}
