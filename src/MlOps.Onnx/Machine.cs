using System.Collections.ObjectModel;
using System.Net;
using MlOps.Data;

namespace MlOps.Onnx;

/// <summary>What a measurement was taken on, and what models run on: the hardware and ONNX Runtime. Say it with every figure.</summary>
/// <param name="Hardware">Processor, memory, GPUs.</param>
/// <param name="Runtime">ONNX Runtime.</param>
/// <param name="Providers">What was tried to compute with, and how it went.</param>
public sealed record Machine(Hardware Hardware, OnnxRuntimeInfo Runtime, IReadOnlyList<ProviderTrial> Providers)
{
    /// <summary>Asks the system, the driver of the GPU where there is one, and ONNX Runtime; lets each provider compute one number.</summary>
    /// <exception cref="OnnxException">There is no native library for this machine.</exception>
    public static Machine Current() => new(Hardware.Current(), OnnxRuntimeInfo.Current(), ProviderTrial.All());

    /// <summary>Returns it as lines of a name and a value.</summary>
    public override string ToString() => string.Join('\n', Lines().Select(line => $"{line.Name,-16}{line.Value}"));

    /// <summary>Returns it as a notebook shows it: a table of a name and a value.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new ReadOnlyDictionary<string, string>(new Dictionary<string, string>
    {
        ["text/html"] = $"<table><tbody>{string.Concat(Lines().Select(line => $"<tr><th style=\"text-align:left\" scope=\"row\">{line.Name}</th><td style=\"text-align:left\">{WebUtility.HtmlEncode(line.Value)}</td></tr>"))}</tbody></table>",
        ["text/plain"] = ToString(),
    });

    private IEnumerable<(string Name, string Value)> Lines()
    {
        foreach ((string, string) line in Hardware.Lines())
        {
            yield return line;
        }

        yield return ("ONNX Runtime", Runtime.ToString());
        yield return ("models run on", string.Join("; ", Providers.Where(trial => trial.Problem is null).Select(trial => trial.Name)));
        foreach (ProviderTrial trial in Providers.Where(trial => trial.Problem is not null))
        {
            yield return ($"not on {trial.Name}", trial.Problem!);
        }
    }
}
