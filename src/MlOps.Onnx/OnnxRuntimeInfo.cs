using System.Diagnostics;
using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using MlOps.Onnx.Running;

namespace MlOps.Onnx;

/// <summary>Which ONNX Runtime this process uses.</summary>
/// <param name="Source"><c>package</c> (Microsoft's) or <c>sources</c> (the same managed sources, compiled on this machine, and the native library from npm).</param>
/// <param name="Version">Of the native library.</param>
/// <param name="Providers">What was built into it, by the names of <see cref="OnnxModelOptions.Providers"/>. <see cref="ProviderTrial"/> says whether it computes here.</param>
/// <param name="LibraryPath">Where the native library lies; null if the system does not say.</param>
public sealed record OnnxRuntimeInfo(string Source, string Version, IReadOnlyList<string> Providers, string? LibraryPath)
{
    /// <summary>Loads the native library and asks it.</summary>
    /// <exception cref="OnnxException">There is no native library for this machine.</exception>
    public static OnnxRuntimeInfo Current() => Native.Call("ONNX Runtime", () =>
    {
        OrtEnv environment = Native.Environment();
        return new OnnxRuntimeInfo(
            From(),
            environment.GetVersionString(),
            [.. ExecutionProvider.Known(environment.GetAvailableProviders())],
            Library());
    });

    /// <summary>Returns it as one line.</summary>
    public override string ToString() => $"{Version} from {(Source == "package" ? "the official package" : "published sources")}, built for: {string.Join(", ", Providers)}";

    private static string From() =>
        typeof(OnnxRuntimeInfo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(fact => fact.Key == "OnnxRuntimeFrom")?.Value ?? "unknown";

    private static string? Library()
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Select(module => module.FileName)
            .FirstOrDefault(path => Path.GetFileName(path) is var name && name.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase)
                && !name.StartsWith("Microsoft.", StringComparison.Ordinal) && !name.Contains("providers", StringComparison.Ordinal));
    }
}
