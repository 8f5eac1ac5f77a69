using Microsoft.ML.OnnxRuntime;

namespace MlOps.Onnx.Running;

/// <summary>What can compute a model, and how a session is told so.</summary>
internal sealed record ExecutionProvider(string Name, string Title, string NativeName, Action<SessionOptions> Append)
{
    private static readonly ExecutionProvider[] s_all =
    [
        new("cpu", "CPU", "CPUExecutionProvider", _ => { }),
        new("cuda", "CUDA", "CUDAExecutionProvider", options => options.AppendExecutionProvider_CUDA()),
        new("tensorrt", "TensorRT", "TensorrtExecutionProvider", options => options.AppendExecutionProvider_Tensorrt()),
        new("directml", "DirectML", "DmlExecutionProvider", options => options.AppendExecutionProvider_DML()),
        new("coreml", "Core ML", "CoreMLExecutionProvider", options => options.AppendExecutionProvider("CoreML")),
    ];

    /// <exception cref="ArgumentException">No provider has this name.</exception>
    internal static ExecutionProvider Of(string name) =>
        Array.Find(s_all, provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no provider '{name}'. There are: {string.Join(", ", s_all.Select(provider => provider.Name))}.", nameof(name));

    internal static string ShortName(string nativeName) =>
        Array.Find(s_all, provider => provider.NativeName == nativeName)?.Name ?? nativeName.Replace("ExecutionProvider", "", StringComparison.Ordinal);
}
