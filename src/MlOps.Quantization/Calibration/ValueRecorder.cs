using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Calibration;

/// <summary>Collects what one value was, batch by batch: first extremes and magnitudes, then the histogram. Not thread-safe.</summary>
internal sealed class ValueRecorder
{
    /// <summary>16 kB: several passes over one piece stay in the first-level cache.</summary>
    private const int PieceLength = 4096;

    private const int ExponentShift = 23;
    private const int ExponentCount = 256;
    private const int ExponentBias = 127;

    /// <summary>Numbers beyond this factor make 8-bit codes of all others 0: 255 steps up to 1,024 leave a step of 4.</summary>
    private const double OutlierFactor = 1024;

    private const double UsualShare = 0.99;

    private readonly double _averaging;
    private readonly long[] _exponents = new long[ExponentCount];
    private readonly double[] _doubles = new double[PieceLength];
    private readonly int[] _bins = new int[PieceLength];
    private long _count;
    private long _zeros;
    private long _infinite;
    private double _sum;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _averageMin = double.NaN;
    private double _averageMax = double.NaN;
    private double _limit;
    private long _outliers;
    private long[] _counts = [];
    private long _below;
    private long _above;

    internal ValueRecorder(double averaging) => _averaging = averaging;

    /// <summary>Whether the numbers differ: only then a histogram tells something.</summary>
    internal bool Varies => _min < _max;

    /// <summary>The ends as they followed the batches.</summary>
    internal RealRange AverageRange => new(_averageMin, _averageMax);

    /// <summary>First pass over a batch; false if there is a NaN in it.</summary>
    internal bool Observe(ReadOnlySpan<float> values)
    {
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        for (int start = 0; start < values.Length; start += PieceLength)
        {
            ReadOnlySpan<float> piece = values.Slice(start, Math.Min(PieceLength, values.Length - start));
            float least = TensorPrimitives.Min(piece);
            float most = TensorPrimitives.Max(piece);
            if (float.IsNaN(least)) // Min of a span with a NaN is NaN
            {
                return false;
            }

            if (float.IsInfinity(least) || float.IsInfinity(most))
            {
                (least, most) = ObserveFinite(piece);
            }
            else
            {
                Span<double> wide = _doubles.AsSpan(0, piece.Length);
                TensorPrimitives.ConvertTruncating(piece, wide);
                _sum += TensorPrimitives.Sum<double>(wide);
            }

            (min, max) = (Math.Min(min, least), Math.Max(max, most));
            CountMagnitudes(piece);
        }

        _count += values.Length;
        (_min, _max) = (Math.Min(_min, min), Math.Max(_max, max));
        if (min <= max)
        {
            _averageMin = double.IsNaN(_averageMin) ? min : _averageMin + (_averaging * (min - _averageMin));
            _averageMax = double.IsNaN(_averageMax) ? max : _averageMax + (_averaging * (max - _averageMax));
        }

        return true;
    }

    /// <summary>Ends the first pass.</summary>
    internal void EndOfObservation() => _limit = Math.Min(Math.Max(Math.Abs(_min), Math.Abs(_max)), HighestUsual());

    /// <summary>Makes room for the second pass.</summary>
    internal void BeginHistogram(int bins) => _counts = new long[bins];

    /// <summary>Second pass over a batch.</summary>
    internal void Count(ReadOnlySpan<float> values)
    {
        int bins = _counts.Length;
        double perUnit = bins / (2 * _limit);
        for (int start = 0; start < values.Length; start += PieceLength)
        {
            ReadOnlySpan<float> piece = values.Slice(start, Math.Min(PieceLength, values.Length - start));
            Span<double> places = _doubles.AsSpan(0, piece.Length);
            Span<int> indices = _bins.AsSpan(0, piece.Length);
            TensorPrimitives.ConvertTruncating(piece, places);
            TensorPrimitives.Add(places, _limit, places);
            TensorPrimitives.Multiply(places, perUnit, places);
            TensorPrimitives.Floor<double>(places, places);
            TensorPrimitives.ConvertSaturating<double, int>(places, indices);
            for (int i = 0; i < indices.Length; i++)
            {
                int bin = indices[i];
                if ((uint)bin < (uint)bins)
                {
                    _counts[bin]++;
                }
                else
                {
                    CountOutside(piece[i]);
                }
            }
        }
    }

    internal ActivationStatistics Statistics()
    {
        long finite = _count - _infinite;
        return finite == 0
            ? new ActivationStatistics(_count, 0, 0, 0, 0, _infinite, 0)
            : new ActivationStatistics(_count, _min, _max, _sum / finite, (double)_zeros / _count, _infinite, _outliers);
    }

    internal ActivationHistogram? Histogram() => _counts.Length == 0 ? null : new ActivationHistogram(_limit, _counts, _below, _above);

    private (float Min, float Max) ObserveFinite(ReadOnlySpan<float> piece)
    {
        float min = float.PositiveInfinity;
        float max = float.NegativeInfinity;
        foreach (float value in piece)
        {
            if (float.IsFinite(value))
            {
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
                _sum += value;
            }
            else
            {
                _infinite++;
            }
        }

        return (min, max);
    }

    /// <summary>Counts by the exponent of the number: 0 and subnormal numbers come first, ±∞ last.</summary>
    private void CountMagnitudes(ReadOnlySpan<float> piece)
    {
        foreach (uint bits in MemoryMarshal.Cast<float, uint>(piece))
        {
            _exponents[(bits >> ExponentShift) & (ExponentCount - 1)]++;
            _zeros += bits << 1 == 0 ? 1 : 0; // −0 is 0
        }
    }

    /// <summary>The power of two that no number but the outliers exceeds; counts these.</summary>
    private double HighestUsual()
    {
        long filled = _count - _infinite - _zeros;
        long seen = -_zeros;
        int usual = 0;
        while (usual < ExponentCount - 2 && (seen += _exponents[usual]) < UsualShare * filled)
        {
            usual++;
        }

        double limit = UpperEnd(usual) * OutlierFactor;
        int highest = usual;
        _outliers = 0;
        for (int e = usual + 1; e < ExponentCount - 1; e++)
        {
            if (_exponents[e] == 0)
            {
                continue;
            }

            if (UpperEnd(e) <= limit)
            {
                highest = e;
            }
            else
            {
                _outliers += _exponents[e];
            }
        }

        return _outliers > 0 ? UpperEnd(highest) : double.PositiveInfinity;
    }

    private static double UpperEnd(int exponent) => Math.ScaleB(1, Math.Max(exponent, 1) - ExponentBias + 1);

    private void CountOutside(float value)
    {
        if (value == _limit)
        {
            _counts[^1]++;
        }
        else if (float.IsFinite(value))
        {
            _below += value < 0 ? 1 : 0;
            _above += value < 0 ? 0 : 1;
        }
    }
}
