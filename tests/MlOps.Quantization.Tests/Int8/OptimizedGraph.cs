using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MlOps.Onnx;

namespace MlOps.Quantization.Tests.Int8;

/// <summary>What ONNX Runtime makes of a model when it loads it: the oracle for what fuses.</summary>
internal static class OptimizedGraph
{
    /// <summary>The graph after the optimisations that do not depend on the machine's memory layout, and those that do.</summary>
    public static OnnxGraph Of(OnnxFile file)
    {
        string path = Path.GetTempFileName();
        try
        {
            using var options = new SessionOptions { OptimizedModelFilePath = path, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var session = new InferenceSession(file.ToByteArray(), options);
            return OnnxFile.Load(path).Graph;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>How often each operator stands in it.</summary>
    public static IReadOnlyDictionary<string, int> Counts(OnnxFile file) => Of(file).Node.GroupBy(node => node.OpType).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>The counts as text, in alphabetical order.</summary>
    public static string Text(OnnxFile file) => string.Join(' ', Counts(file).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => FormattableString.Invariant($"{pair.Key}:{pair.Value}")));
}
