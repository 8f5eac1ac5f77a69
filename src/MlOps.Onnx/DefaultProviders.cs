namespace MlOps.Onnx;

/// <summary>What computes models where nobody says otherwise: the environment variable <c>MLOPS_PROVIDERS</c>, such as <c>cuda</c>, names it.</summary>
public static class DefaultProviders
{
    /// <summary>The name of the environment variable: names as in <see cref="OnnxModelOptions.Providers"/>, separated by commas.</summary>
    public const string Variable = "MLOPS_PROVIDERS";

    /// <summary>Gets the names in the variable, in order; the CPU if it is not set.</summary>
    public static IReadOnlyList<string> Names { get; } =
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } names ? names : ["cpu"];

    /// <summary>Says in one sentence why the first one is not used; null if it is, and if the variable is not set. It starts the provider to find out.</summary>
    /// <exception cref="ArgumentException">The variable names something else.</exception>
    /// <exception cref="OnnxException">There is no native library for this machine.</exception>
    public static string? Notice()
    {
        if (Names[0] == "cpu")
        {
            return null;
        }

        using OnnxModel model = ProviderTrial.Start(Names);
        return model.Notice;
    }
}
