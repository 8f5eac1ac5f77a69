using System.CommandLine;

namespace MlOps.Cli;

/// <summary>Options that several verbs have: the same name, the same meaning, the same words.</summary>
internal static class SharedOptions
{
    /// <summary><c>--json</c>: machines read standard output.</summary>
    /// <param name="how">How it is cut into lines, where it is more than one object.</param>
    internal static Option<bool> Json(string? how = null) => new("--json") { Description = $"Write JSON to standard output instead of text{(how is null ? "" : $", {how}")}." };

    /// <summary><c>--html FILE</c>: a page beside what is shown.</summary>
    /// <param name="what">What is on it, where that is not what is shown.</param>
    internal static Option<string?> Html(string? what = null) => new("--html") { HelpName = "page.html", Description = $"HTML page with charts to write as well{(what is null ? "" : $": {what}")}." };

    /// <summary><c>--columns</c> of a verb that feeds a model.</summary>
    internal static Option<string[]> ModelColumns() => new("--columns") { Description = "The columns of a model whose input is a matrix, in order, where the file does not name them.", AllowMultipleArgumentsPerToken = true };

    /// <summary><c>--require-sandbox</c> of a verb that runs what students wrote.</summary>
    internal static Option<bool> RequireSandbox() => new("--require-sandbox") { Description = "Refuse to run where the code cannot be isolated completely." };
}
