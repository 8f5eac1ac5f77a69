using System.Numerics.Tensors;

namespace MlOps.Drift.Sketches;

/// <summary>Quantiles, distribution function, range, mean and variance of any number of values in bounded memory: a KLL sketch.</summary>
/// <remarks>
/// <b>How.</b> Values wait in a buffer of 8·k. A full buffer is sorted, and every eighth value from a random start is kept: a run of k
/// values that stand for 8 each. Two runs of one weight are merged, and every second value from a random start becomes a run of twice the
/// weight. These are KLL's compactors, all of one size; its smaller ones at the bottom give way to the buffer, which is fast to fill.
/// Memory: 8·k + k·log₂(n / 8k) values.
/// <para><b>Exact:</b> <see cref="Count"/>, <see cref="Missing"/>, <see cref="Infinite"/>, <see cref="Min"/>, <see cref="Max"/>, in any order
/// and grouping of additions and merges; <see cref="Mean"/> and <see cref="Variance"/> up to rounding; and everything while
/// <see cref="IsExact"/>, that is up to 8·k values.</para>
/// <para><b>Within an error:</b> ranks, and with them quantiles. The rank of a value is off by at most ε·n with probability 0.99, where
/// <c>ε = √(ln 200) / k</c> (<see cref="RankError"/>), and all ranks at once by <c>(√(ln 400k) + 1) / k</c>
/// (<see cref="RankErrorEverywhere"/>), for any order of the values and any tree of merges. The proof: each compaction moves a rank
/// by at most the weight of its values, with mean 0; the variances add up to at most n²/(2k²); Hoeffding's inequality does the rest.
/// A quantile is a value whose rank is that close; how close in the unit of the values depends on their law.</para>
/// <para>Equal seeds and equal calls give equal bytes on every machine. Not thread-safe.</para>
/// <para>Sources: Z. Karnin, K. Lang, E. Liberty, "Optimal Quantile Approximation in Streams", FOCS 2016; P. K. Agarwal et al.,
/// "Mergeable Summaries", PODS 2012, section 3.2.</para>
/// </remarks>
public sealed partial class QuantileSketch
{
    /// <summary>The default k: ranks within 0.11 % of n; 128 KiB for the buffer and 16 KiB for every doubling beyond it.</summary>
    public const int DefaultAccuracy = 2048;

    /// <summary>Values of the input buffer for each that is kept of it: long buffers sort faster per value and lose less than small steps would.</summary>
    private const int InputRatio = 8;

    private const int SmallestAccuracy = 16;
    private const int LargestAccuracy = 1 << 20;
    private const int FirstBuffer = 256;

    private readonly List<double[]?> _runs = []; // at h: k sorted values, each standing for InputRatio · 2^h; or null
    private readonly Stack<double[]> _spares = new();
    private double[] _input = [];
    private int _inputCount;
    private Moments _settled = Moments.None; // of the values that have left the buffer
    private ulong _coins;
    private QuantileView? _view;

    /// <summary>Makes an empty sketch.</summary>
    /// <param name="accuracy">k, from 16 to 1,048,576: twice as much halves the error and doubles the memory.</param>
    /// <param name="seed">Of the random starts, which also depend on the data. Sketches of the same rows that will be merged need different
    /// seeds, or their errors add up.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="accuracy"/> is outside its range.</exception>
    public QuantileSketch(int accuracy = DefaultAccuracy, int seed = 0)
        : this(accuracy, StableHash.Mix((uint)seed))
    {
    }

    private QuantileSketch(int accuracy, ulong coins)
    {
        Accuracy = Guard.AtLeast(accuracy, SmallestAccuracy);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accuracy, LargestAccuracy);
        _coins = coins;
    }

    /// <summary>Gets k, on which the error depends.</summary>
    public int Accuracy { get; }

    /// <summary>Gets n, the finite values seen.</summary>
    public long Count => _settled.Count + _inputCount;

    /// <summary>Gets the NaNs seen; they are in no other number.</summary>
    public long Missing { get; private set; }

    /// <summary>Gets the infinite values of either sign that were seen; they are in no other number.</summary>
    public long Infinite { get; private set; }

    /// <summary>Gets a value indicating whether every value is still there, so that all answers are exact: up to 8·k values.</summary>
    public bool IsExact => _settled.Count == 0;

    /// <summary>Gets the smallest value; NaN when there is none.</summary>
    public double Min => Count == 0 ? double.NaN : View.Moments.Min;

    /// <summary>Gets the largest value; NaN when there is none.</summary>
    public double Max => Count == 0 ? double.NaN : View.Moments.Max;

    /// <summary>Gets the arithmetic mean, in the unit of the values; NaN when there is none.</summary>
    public double Mean => Count == 0 ? double.NaN : View.Moments.Mean;

    /// <summary>Gets the variance with divisor n (not n − 1), in the squared unit of the values; NaN when there is none.</summary>
    public double Variance => Count == 0 ? double.NaN : View.Moments.SquaredDeviations / Count;

    /// <summary>Gets the values that are held.</summary>
    public int Retained => _inputCount + (_runs.Count(run => run is not null) * Accuracy);

    private int InputCapacity => InputRatio * Accuracy;

    private QuantileView View => _view ??= MakeView();

    /// <summary>Adds one value. NaN counts as missing, ±∞ as infinite.</summary>
    public void Add(double value)
    {
        _view = null;
        if (double.IsFinite(value))
        {
            Room()[0] = value + 0.0; // −0 + 0 is 0
            _inputCount++;
        }
        else
        {
            CountGap(value);
        }
    }

    /// <summary>Adds values in order. NaN counts as missing, ±∞ as infinite.</summary>
    /// <param name="values">Any number of values.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        _view = null;
        while (!values.IsEmpty)
        {
            Span<double> room = Room();
            int taken = Math.Min(room.Length, values.Length);
            ReadOnlySpan<double> part = values[..taken];
            if (TensorPrimitives.IsFiniteAll(part))
            {
                TensorPrimitives.Add(part, 0.0, room); // −0 + 0 is 0
                _inputCount += taken;
            }
            else
            {
                AddWithGaps(part, room);
            }

            values = values[taken..];
        }
    }

    /// <summary>Adds all that another sketch has seen. The other is not changed.</summary>
    /// <remarks>What is exact stays exact; the errors are those of one sketch over all values. See the remarks of the type.</remarks>
    /// <param name="other">A sketch of the same accuracy.</param>
    /// <exception cref="ArgumentException">The accuracies differ, or a sketch is merged with itself.</exception>
    public void Merge(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other) || other.Accuracy != Accuracy)
        {
            throw new ArgumentException(
                ReferenceEquals(this, other)
                    ? "A sketch cannot be merged with itself: its values would count twice."
                    : $"Sketches need the same accuracy to be merged; got {Accuracy} and {other.Accuracy}.",
                nameof(other));
        }

        _view = null;
        Missing = checked(Missing + other.Missing);
        Infinite = checked(Infinite + other.Infinite);
        _settled = _settled.With(other._settled);
        for (int h = 0; h < other._runs.Count; h++)
        {
            if (other._runs[h] is { } run)
            {
                Carry(run, h, isOwned: false);
            }
        }

        Add(other._input.AsSpan(0, other._inputCount));
    }

    /// <summary>Room for at least one value in the buffer, which is emptied when it is full.</summary>
    private Span<double> Room()
    {
        if (_inputCount == InputCapacity)
        {
            Flush();
        }
        else if (_inputCount == _input.Length)
        {
            Array.Resize(ref _input, Math.Clamp(2 * _input.Length, Math.Min(FirstBuffer, InputCapacity), InputCapacity));
        }

        return _input.AsSpan(_inputCount);
    }

    private void AddWithGaps(ReadOnlySpan<double> values, Span<double> room)
    {
        int kept = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                room[kept++] = value + 0.0;
            }
            else
            {
                CountGap(value);
            }
        }

        _inputCount += kept;
    }

    private void CountGap(double value)
    {
        if (double.IsNaN(value))
        {
            Missing++;
        }
        else
        {
            Infinite++;
        }
    }

    private void Flush()
    {
        _settled = _settled.With(Moments.Of(_input));
        _coins ^= StableHash.Of(_input[0]) + StableHash.Of(_input[InputCapacity / 2]); // other data, other coins
        RadixSort.Sort(_input);
        double[] run = Spare();
        int position = (int)(NextBits() % InputRatio);
        for (int i = 0; i < run.Length; i++, position += InputRatio)
        {
            run[i] = _input[position];
        }

        _inputCount = 0;
        Carry(run, 0, isOwned: true);
    }

    /// <summary>Adds a run as one adds 1 to a binary number: where there is one already, the two become one of twice the weight.</summary>
    private void Carry(double[] run, int level, bool isOwned)
    {
        while (level < _runs.Count && _runs[level] is { } resident)
        {
            double[] half = Spare();
            KeepEverySecond(run, resident, half, skip: (NextBits() & 1) == 1);
            _spares.Push(resident);
            if (isOwned)
            {
                _spares.Push(run);
            }

            (run, isOwned) = (half, true);
            _runs[level++] = null;
        }

        while (_runs.Count <= level)
        {
            _runs.Add(null);
        }

        _runs[level] = isOwned ? run : [.. run];
    }

    /// <summary>Merges two sorted runs and keeps the first (or, with <paramref name="skip"/>, the second) of every two values.</summary>
    private static void KeepEverySecond(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> half, bool skip)
    {
        int i = 0;
        int j = 0;
        for (int kept = 0; kept < half.Length; kept++)
        {
            double first = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i++] : b[j++];
            double second = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i++] : b[j++];
            half[kept] = skip ? second : first;
        }
    }

    private double[] Spare() => _spares.TryPop(out double[]? run) ? run : new double[Accuracy];

    /// <summary>SplitMix64.</summary>
    private ulong NextBits() => StableHash.Mix(_coins += 0x9E3779B97F4A7C15);
}
