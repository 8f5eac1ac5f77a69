using System.Text.Json;

namespace MlOps.Kernel.Jupyter;

/// <summary>What a front end wants to be run.</summary>
/// <param name="Code">The cell.</param>
/// <param name="Silent">True: no number, no history, no result.</param>
/// <param name="StoreHistory">Whether the cell counts and is remembered.</param>
/// <param name="UserExpressions">Expressions to evaluate after the cell, by the name under which their values are asked for.</param>
/// <param name="AllowStdin">Whether the user can be asked for input.</param>
/// <param name="StopOnError">Whether requests that already wait are given up if this one fails.</param>
/// <param name="Language">The language that the cell is in, as the notebook's editor stored it; null for C#.</param>
internal sealed record ExecuteRequest(
    string Code, bool Silent, bool StoreHistory, IReadOnlyDictionary<string, string> UserExpressions, bool AllowStdin, bool StopOnError, string? Language)
{
    /// <exception cref="FormatException">There is no code.</exception>
    internal static ExecuteRequest Read(JupyterMessage message)
    {
        string code = JsonText.Of(message.Content, "code") ?? throw new FormatException("An execute_request needs its 'code', a text.");
        bool silent = message.Flag("silent", false);
        return new ExecuteRequest(
            code,
            silent,
            !silent && message.Flag("store_history", true),
            Expressions(message.Content),
            message.Flag("allow_stdin", true),
            message.Flag("stop_on_error", true),
            LanguageOf(message.Metadata));
    }

    private static Dictionary<string, string> Expressions(JsonElement content)
    {
        Dictionary<string, string> expressions = new(StringComparer.Ordinal);
        if (content.TryGetProperty("user_expressions", out JsonElement asked) && asked.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty expression in asked.EnumerateObject())
            {
                expressions[expression.Name] = JsonText.Of(expression.Value) ?? string.Empty;
            }
        }

        return expressions;
    }

    /// <summary>.NET Interactive's notebooks name a cell's language in its metadata, under a new and an old key.</summary>
    private static string? LanguageOf(JsonElement metadata) =>
        Member(metadata, "polyglot_notebook", "kernelName") ?? Member(metadata, "dotnet_interactive", "language");

    private static string? Member(JsonElement json, string outer, string inner) =>
        json.TryGetProperty(outer, out JsonElement group) ? JsonText.Of(group, inner) : null;
}
