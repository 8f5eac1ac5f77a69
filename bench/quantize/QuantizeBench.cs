using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Bench;

/// <summary>Codes of many numbers and back, per tensor and per channel, and conversions to 16-bit floats: ours against NumPy (bfloat16 against PyTorch) on the same numbers, one thread each.</summary>
public static class QuantizeBench
{
    private const int Channels = 500;

    /// <summary>Arguments: <c>[numbers = 50000000] [repeats = 5] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer fails or disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50_000_000;
        int repeats = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        string python = args.Length > 2 ? args[2] : "/usr/bin/python3";
        int width = count / Channels;
        float[] values = Make(width * Channels);
        JsonElement peer = RunPeer(python, values, width, repeats);
        Print($"{values.Length:#,0} floats, {Channels} channels, one thread; NumPy {peer.GetProperty("numpy").GetString()}, PyTorch {peer.GetProperty("torch").GetString()}; the ratio is theirs / ours");

        var parameters = new QuantizationParameters(0.0314f, 3, IntegerType.Int8);
        float[] scales = [.. Enumerable.Range(0, Channels).Select(c => 0.02f + (c * 1e-4f))];
        QuantizationParameters[] each = [.. scales.Select(scale => new QuantizationParameters(scale, 0, IntegerType.Int8))];
        var codes = new sbyte[values.Length];
        var back = new float[values.Length];
        var halves = new Half[values.Length];
        var brains = new ushort[values.Length];
        QuantizedTensor rows = null!, columns = null!;

        bool agree = Compare(peer, "quantize per tensor", repeats, () => parameters.Quantize(values, codes), () => Hash(codes));
        agree &= Compare(peer, "dequantize per tensor", repeats, () => parameters.Dequantize(codes, back), () => Hash(back));
        agree &= Compare(peer, "quantize per row", repeats, () => rows = QuantizedTensor.Quantize(values, [Channels, width], each, Granularity.PerChannel(0)), () => Hash(rows.ToBytes()));
        agree &= Compare(peer, "dequantize per row", repeats, () => rows.Dequantize(back), () => Hash(back));
        agree &= Compare(peer, "quantize per column", repeats, () => columns = QuantizedTensor.Quantize(values, [width, Channels], each, Granularity.PerChannel(1)), () => Hash(columns.ToBytes()));
        agree &= Compare(peer, "dequantize per column", repeats, () => columns.Dequantize(back), () => Hash(back));
        agree &= Compare(peer, "range and codes", repeats, () => rows = QuantizedTensor.Quantize(values, [values.Length], IntegerType.Int8, symmetric: true), () => Hash(rows.ToBytes()));
        agree &= Compare(peer, "to float16", repeats, () => FloatConversion.ToFloat16(values, halves), () => Hash(halves));
        agree &= Compare(peer, "from float16", repeats, () => FloatConversion.FromFloat16(halves, back), () => Hash(back));
        agree &= Compare(peer, "to bfloat16", repeats, () => FloatConversion.ToBFloat16(values, brains), () => Hash(brains));
        agree &= Compare(peer, "from bfloat16", repeats, () => FloatConversion.FromBFloat16(brains, back), () => Hash(back));
        return agree ? 0 : 1;
    }

    private static bool Compare(JsonElement peer, string task, int repeats, Action work, Func<string> hash)
    {
        work(); // compiled, and its memory touched, before it is timed
        double best = double.PositiveInfinity;
        for (int i = 0; i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        JsonElement theirs = peer.GetProperty(task);
        double seconds = theirs.GetProperty("seconds").GetDouble();
        bool same = theirs.GetProperty("sha256").GetString() == hash();
        Print($"  {task,-22} theirs {seconds,8:0.0000} s   ours {best,8:0.0000} s   × {seconds / best,5:0.0}   {(same ? "equal to the last bit" : "DIFFERENT")}");
        Ratios.Time(task, best, seconds, task.Contains("bfloat16", StringComparison.Ordinal) ? $"PyTorch {peer.GetProperty("torch").GetString()}" : $"NumPy {peer.GetProperty("numpy").GetString()}");
        return same;
    }

    /// <summary>Bell-shaped, with values beyond the codes' range.</summary>
    private static float[] Make(int count)
    {
        var random = new Random(1);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 4);
        }

        return values;
    }

    private static JsonElement RunPeer(string python, float[] values, int width, int repeats)
    {
        string folder = Directory.CreateTempSubdirectory("quantize-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            File.WriteAllBytes(data, MemoryMarshal.AsBytes(values.AsSpan()));
            return Peer.Run(python, "quantize", data, Channels, width, repeats);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Hash<T>(T[] values)
        where T : unmanaged => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
