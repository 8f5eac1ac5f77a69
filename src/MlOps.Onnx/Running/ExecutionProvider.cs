using Microsoft.ML.OnnxRuntime;

namespace MlOps.Onnx.Running;

/// <summary>What can compute a model, and how a session is told so.</summary>
internal sealed record ExecutionProvider(string Name, string Title, string NativeName, Action<SessionOptions> Append)
{
    private static readonly ExecutionProvider[] s_all =
    [
        new("cpu", "CPU", "CPUExecutionProvider", _ => { }),
        new("cuda", "CUDA", "CUDAExecutionProvider", AppendCuda),
        new("tensorrt", "TensorRT", "TensorrtExecutionProvider", options => options.AppendExecutionProvider_Tensorrt()),
        new("directml", "DirectML", "DmlExecutionProvider", options => options.AppendExecutionProvider_DML()),
        new("coreml", "Core ML", "CoreMLExecutionProvider", options => options.AppendExecutionProvider("CoreML")),
    ];

    /// <exception cref="ArgumentException">No provider has this name.</exception>
    internal static ExecutionProvider Of(string name) =>
        Array.Find(s_all, provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no provider '{name}'{(DefaultProviders.Names.Contains(name) ? $", which {DefaultProviders.Variable} names" : "")}. There are: {string.Join(", ", s_all.Select(provider => provider.Name))}.", nameof(name));

    /// <summary>Those of these that can be chosen here, by our names.</summary>
    internal static IEnumerable<string> Known(IEnumerable<string> nativeNames) =>
        nativeNames.Select(native => Array.Find(s_all, provider => provider.NativeName == native)?.Name).OfType<string>();

    private static void AppendCuda(SessionOptions session)
    {
        using var options = new OrtCUDAProviderOptions();
        options.UpdateOptions(new Dictionary<string, string> { ["use_tf32"] = "0" }); // TF32 keeps 10 bits of a mantissa: a GPU would then not say what the CPU says
        session.AppendExecutionProvider_CUDA(options);
    }
}
