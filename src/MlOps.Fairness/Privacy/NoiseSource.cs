using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MlOps.Fairness.Privacy;

/// <summary>Where noise comes from: the operating system's secret randomness, or a seed for lessons and tests.</summary>
internal sealed class NoiseSource(int? seed)
{
    private const int MantissaBits = 53;

    private readonly Random? _random = seed is { } value ? new Random(value) : null;
    private readonly Lock _lock = new();

    /// <summary>A number in (0, 1), never 0 or 1.</summary>
    internal double Open()
    {
        lock (_lock)
        {
            double value;
            do
            {
                value = _random?.NextDouble() ?? Secret();
            }
            while (value == 0);
            return value;
        }
    }

    private static double Secret()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> (64 - MantissaBits)) * Math.Pow(2, -MantissaBits);
    }

    /// <summary>Cuts an answer to a grid far finer than the noise, so that its last bits do not tell which doubles were added.</summary>
    internal static double OnGrid(double value, double scale)
    {
        const int FinerThanNoise = 30; // powers of two
        double step = Math.Pow(2, Math.Floor(Math.Log2(scale)) - FinerThanNoise);
        return Math.Round(value / step) * step;
    }
}
