using MlOps.Kernel.Engine;
using static MlOps.Kernel.Engine.CellDirectives;

namespace MlOps.Kernel.Languages;

/// <summary><c>#!value</c>: keeps a text, from the lines below or from a file.</summary>
internal static class ValueDirective
{
    internal const string Usage = "#!value --name name [--from-file path] [--mime-type type]";

    internal static string ToCode(string arguments, string body)
    {
        DirectiveArguments parsed = DirectiveArguments.Parse(arguments, Usage, ["--name", "--from-file", "--from-url", "--mime-type"]);
        parsed.NoWords();
        if (parsed.Has("--from-url"))
        {
            throw new DirectiveException("#!value fetches nothing from the network. Save the text as a file and use --from-file, or fetch it in C#: await new HttpClient().GetStringAsync(\"…\").");
        }

        string name = parsed.Required("--name").Text;
        string mimeType = parsed.Find("--mime-type") is { } given ? Literal(given.Text) : "null";
        string calls = $"global::{typeof(DirectiveCalls).FullName}.";
        if (parsed.Find("--from-file") is not { } file)
        {
            return $"{calls}{nameof(DirectiveCalls.Keep)}({Literal(name)}, {Literal(body)}, {mimeType});";
        }

        string full = Path.GetFullPath(file.Text, CellContext.Current!.Engine.Folder);
        if (!string.IsNullOrWhiteSpace(body))
        {
            throw new DirectiveException("The value comes from a file or from the lines below, not from both. Put what follows into a cell of its own, or a language such as #!csharp before it.");
        }

        return File.Exists(full)
            ? $"{calls}{nameof(DirectiveCalls.KeepFile)}({Literal(name)}, {Literal(file.Text)}, {mimeType});"
            : throw new DirectiveException($"There is no file '{full}'. A relative path starts at the notebook's folder.");
    }
}
