using System.Reflection;
using System.Text.Json;

namespace MlOps.Quantization.Tests.Distillation;

/// <summary>Values of torch 1.13 and numpy 1.24, written by References/distil/make_distil.py.</summary>
internal static class DistilReference
{
    internal static JsonElement Root { get; } = Read();

    internal static double[] Doubles(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static JsonElement Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("distil/distil.json") ?? Assembly.GetExecutingAssembly().GetManifestResourceStream("distil\\distil.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
