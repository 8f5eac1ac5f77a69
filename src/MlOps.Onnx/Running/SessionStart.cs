using Microsoft.ML.OnnxRuntime;

namespace MlOps.Onnx.Running;

/// <summary>A session on the first provider that can be had, and a notice if that is not the first that was wanted.</summary>
internal sealed record SessionStart(InferenceSession Session, string Provider, string? Notice)
{
    internal static SessionStart Of(string subject, Func<SessionOptions, InferenceSession> create, OnnxModelOptions options)
    {
        options.Check();
        ExecutionProvider[] wanted = [.. options.Providers.Select(ExecutionProvider.Of), ExecutionProvider.Of("cpu")];
        return Native.Call(subject, () =>
        {
            string[] available = Native.Environment().GetAvailableProviders();
            var notices = new List<string>();
            foreach (ExecutionProvider provider in wanted.SkipLast(1).TakeWhile(provider => provider.Name != "cpu"))
            {
                if (!available.Contains(provider.NativeName))
                {
                    notices.Add($"{provider.Title} is not in this ONNX Runtime");
                    continue;
                }

                try
                {
                    return new SessionStart(Native.Start(() => Create(create, options, provider)), provider.Name, Sentence(notices, provider));
                }
                catch (OnnxException e)
                {
                    notices.Add($"{provider.Title} could not be started ({e.Message})");
                }
            }

            ExecutionProvider cpu = wanted[^1];
            return new SessionStart(Create(create, options, cpu), cpu.Name, Sentence(notices, cpu));
        });
    }

    private static InferenceSession Create(Func<SessionOptions, InferenceSession> create, OnnxModelOptions options, ExecutionProvider provider)
    {
        using var session = new SessionOptions { IntraOpNumThreads = options.Threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        if (options.QuietBetweenRuns)
        {
            session.AddSessionConfigEntry("session.force_spinning_stop", "1");
        }

        provider.Append(session);
        return create(session);
    }

    private static string? Sentence(List<string> notices, ExecutionProvider used) => notices.Count == 0 ? null : $"{string.Join("; ", notices)}; running on the {used.Title}.";
}
