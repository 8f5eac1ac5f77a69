using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace MlOps.Onnx.Running;

/// <summary>Calls into ONNX Runtime: what it says becomes an <see cref="OnnxException"/> that names the file, the node and the reason.</summary>
internal static partial class Native
{
    private static readonly Lock s_lock = new();

    [ThreadStatic]
    private static string? t_logged;

    /// <summary>The process's environment. Failures come as exceptions, so that it need not write to standard error; what it would write says more of a library that does not load, so that is kept.</summary>
    internal static OrtEnv Environment()
    {
        lock (s_lock)
        {
            if (OrtEnv.IsCreated)
            {
                return OrtEnv.Instance();
            }

            var options = new EnvironmentCreationOptions
            {
                logId = "mlops",
                logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
                loggingFunction = (_, _, _, _, _, message) => t_logged = message,
            };
            return OrtEnv.CreateInstanceWithOptions(ref options);
        }
    }

    internal static T Call<T>(string subject, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (OnnxRuntimeException e)
        {
            throw new OnnxException($"{subject}: {Reason(e)}", e);
        }
        catch (Exception e) when (e.GetBaseException() is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new OnnxException(
                $"ONNX Runtime's native library cannot be loaded on {RuntimeInformation.RuntimeIdentifier}. './mlops setup' fetches it; './mlops doctor' says what is there. ({FirstLine(e.GetBaseException().Message)})", e);
        }
    }

    /// <summary>Starts a provider. Where that fails, the exception's message is the reason, with the library that is missing.</summary>
    internal static T Start<T>(Func<T> start)
    {
        t_logged = null;
        try
        {
            return start();
        }
        catch (OnnxRuntimeException e)
        {
            // Which of the two names the library depends on the provider.
            Match named = LoaderError().Match($"{t_logged}\n{e.Message}");
            throw new OnnxException(named.Success ? named.Groups[1].Value : FirstLine(Reason(e)).TrimEnd('.'), e);
        }
    }

    /// <summary>ONNX Runtime's message, which names the node, without status codes and places in its own source code.</summary>
    internal static string Reason(OnnxRuntimeException e) => Preamble().Replace(SourcePlace().Replace(ErrorCode().Replace(e.Message, ""), ""), "").Trim();

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    // Failed to load library /path/libonnxruntime_providers_cuda.so with error: libcublasLt.so.13: cannot open shared object file: No such file or directory
    [GeneratedRegex(@"with error: (.+)")]
    private static partial Regex LoaderError();

    [GeneratedRegex(@"^\[ErrorCode:\w+\]\s*")]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"Non-zero status code returned while running ")]
    private static partial Regex Preamble();

    // file.cc:91 onnxruntime::Class::Method(arguments)
    [GeneratedRegex(@"\S+\.(cc|h|cpp):\d+ [\w:~<>]+\([^)]*\)( const)?\s*")]
    private static partial Regex SourcePlace();
}
