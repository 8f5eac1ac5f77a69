using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;
using MlOps.Kernel.Engine;
using static MlOps.Kernel.Engine.CellDirectives;

namespace MlOps.Kernel.Languages;

/// <summary><c>#!share</c> and <c>#!set</c>: C# that reads a value in one language and gives it to another.</summary>
/// <remarks>
/// Between C# and C# a value goes by reference, with its static type. Everywhere else it goes as JSON: number, text and truth value
/// become <c>double</c>, <c>string</c> and <c>bool</c> in C#, the rest a <see cref="JsonDocument"/>.
/// </remarks>
internal static class Sharing
{
    internal const string ShareUsage = "#!share --from csharp name [--as other] [--mime-type type]";
    internal const string SetUsage = "#!set --name name --value @csharp:other [--mime-type type]";

    internal static string Share(string arguments, string body)
    {
        DirectiveArguments parsed = DirectiveArguments.Parse(arguments, ShareUsage, ["--from", "--as", "--mime-type"]);
        string name = parsed.OnlyWord("name");
        return Move(parsed.Required("--from").Text, name, parsed.Find("--as")?.Text ?? name, parsed.Find("--mime-type")?.Text);
    }

    internal static string Set(string arguments, string body)
    {
        DirectiveArguments parsed = DirectiveArguments.Parse(arguments, SetUsage, ["--name", "--value", "--mime-type"], "--byref");
        parsed.NoWords();
        string name = parsed.Required("--name").Text;
        DirectiveWord value = parsed.Required("--value");
        string? mimeType = parsed.Find("--mime-type")?.Text;
        if (value.IsQuoted || !value.Text.StartsWith('@'))
        {
            return Give(name, OfLiteral(value, mimeType));
        }

        int colon = value.Text.IndexOf(':', StringComparison.Ordinal);
        string source = colon < 0 ? value.Text[1..] : value.Text[1..colon];
        string rest = colon < 0 ? "" : value.Text[(colon + 1)..];
        return source switch
        {
            "input" => Give(name, Asked(nameof(Display.DisplayFunctions.GetInput), rest)),
            "password" => Give(name, Asked(nameof(Display.DisplayFunctions.GetPassword), rest)),
            _ when rest.Length == 0 => throw parsed.Wrong($"'{value.Text}' names no value; a value is written @language:name."),
            _ => Move(source, rest, name, mimeType),
        };
    }

    /// <summary>The expression for a C# variable.</summary>
    internal static string Variable(string name)
    {
        IReadOnlyList<CellVariable> variables = CellContext.Current!.Engine.Variables;
        return variables.Any(variable => variable.Name == name)
            ? Identifier(name)
            : throw new DirectiveException($"C# has no variable '{name}'. " + (variables.Count == 0 ? "It has none yet." : $"It has: {string.Join(", ", variables.Select(variable => variable.Name))}."));
    }

    /// <summary>The statement that declares a C# variable; nothing if it would only say itself.</summary>
    internal static string Declare(string name, string expression)
    {
        string identifier = Identifier(name);
        return identifier == expression ? "" : $"var {identifier} = {expression};";
    }

    internal static string KeptValue(string name)
    {
        KeptValue kept = CellContext.Current!.Engine.Values.Get(name);
        string text = BuiltInDirectives.Expression(nameof(DirectiveCalls.Kept), name);
        return kept.MimeType == SharedJson.MimeType ? OfJson(kept.Text, text) : text;
    }

    internal static string Keep(string name, string expression) =>
        $"global::{typeof(DirectiveCalls).FullName}.{nameof(DirectiveCalls.KeepValue)}({Literal(name)}, {expression});";

    private static string Move(string language, string name, string newName, string? mimeType)
    {
        CellDirective from = CellContext.Current!.Engine.Table.Language(language);
        if (from.Read is null)
        {
            throw new DirectiveException($"The notebook cannot read values of {language}. It can read those of: {Languages(directive => directive.Read is not null)}.");
        }

        string expression = from.Read(name);
        return Give(newName, mimeType switch
        {
            null => expression,
            SharedJson.MimeType => OfJson(JsonNow(from, name), $"global::{typeof(DirectiveCalls).FullName}.{nameof(DirectiveCalls.ToJson)}({expression})"),
            _ => $"global::{typeof(DirectiveCalls).FullName}.{nameof(DirectiveCalls.Formatted)}({expression}, {Literal(mimeType)})",
        });
    }

    /// <summary>The code that gives the language of this place a value.</summary>
    private static string Give(string name, string expression)
    {
        CellDirective to = CellContext.Current!.Part!.Language;
        return to.Write is { } write
            ? write(name, expression)
            : throw new DirectiveException($"{to.Description.Name} has no use for values. These have: {Languages(directive => directive.Write is not null)}.");
    }

    private static string OfLiteral(DirectiveWord value, string? mimeType)
    {
        bool isJson = mimeType == SharedJson.MimeType || (mimeType is null && !value.IsQuoted && LooksLikeJson(value.Text));
        return isJson ? OfJson(value.Text, Literal(value.Text)) : Literal(value.Text);
    }

    /// <summary>A number, true, false, an array or an object. 007 and 1.2.3 are text.</summary>
    private static bool LooksLikeJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is not (JsonValueKind.String or JsonValueKind.Null);
        }
        catch (JsonException)
        {
            return false; // the question was whether it is
        }
    }

    private static string OfJson(string json, string expression) =>
        $"global::{typeof(DirectiveCalls).FullName}.{nameof(DirectiveCalls.FromJson)}<{SharedJson.TypeOf(json)}>({expression})";

    private static string JsonNow(CellDirective from, string name)
    {
        NotebookEngine engine = CellContext.Current!.Engine;
        return SharedJson.Of(from.Description.Name == "value" ? engine.Values.Get(name).Text : engine.Variables.First(variable => variable.Name == name).Value);
    }

    /// <summary>A call that asks; the question is plain text or JSON with a prompt.</summary>
    private static string Asked(string function, string question)
    {
        if (question.StartsWith('{'))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(question);
                question = document.RootElement.TryGetProperty("prompt", out JsonElement prompt) ? prompt.ToString() : "";
            }
            catch (JsonException exception)
            {
                throw new DirectiveException($"The question {question} is not JSON: {exception.Message}", exception);
            }
        }

        return $"global::{typeof(Display.DisplayFunctions).FullName}.{function}({Literal(question)})";
    }

    private static string Identifier(string name) =>
        !SyntaxFacts.IsValidIdentifier(name) ? throw new DirectiveException($"'{name}' is no name for a C# variable: letters, digits and _ only, no digit first.")
        : SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name
        : name;

    private static string Languages(Func<CellDirective, bool> which) =>
        string.Join(", ", CellContext.Current!.Engine.Table.All.Where(which).Select(directive => directive.Description.Name));
}
