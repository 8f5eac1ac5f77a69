using System.Text.Json;

namespace MlOps.Quantization.Tests.Arithmetic;

/// <summary>The numbers of References/numbers/make_numbers.py (NumPy 1.24, PyTorch 1.13). Floats travel as their bits.</summary>
internal static class NumbersReference
{
    internal static JsonElement Root { get; } = Read();

    internal static float[] Floats(this JsonElement bits) => [.. bits.EnumerateArray().Select(value => BitConverter.UInt32BitsToSingle(value.GetUInt32()))];

    internal static int[] Integers(this JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetInt32())];

    private static JsonElement Read()
    {
        using Stream stream = typeof(NumbersReference).Assembly.GetManifestResourceStream("numbers/numbers.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
