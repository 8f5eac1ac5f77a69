using System.Text.Json;

namespace MlOps.Quantization.Tests.Calibration;

/// <summary>What the Python scripts in References/calibration wrote.</summary>
internal static class CalibrationReference
{
    internal static JsonElement Read(string file)
    {
        using Stream stream = typeof(CalibrationReference).Assembly.GetManifestResourceStream($"calibration/{file}.json") ?? throw new FileNotFoundException(file);
        return JsonDocument.Parse(stream).RootElement;
    }

    internal static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];
}
