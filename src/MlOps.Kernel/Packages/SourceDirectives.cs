using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Kernel.Packages;

/// <summary>A <c>#i</c> line of a cell.</summary>
/// <param name="Position">Where what it names starts.</param>
/// <param name="Text">What stands between the quotes; null if the line cannot be read.</param>
internal sealed record SourceDirective(int Position, string? Text);

/// <summary>Finds <c>#i "nuget:…"</c>, which notebooks have and C# has not, and hides it from the compiler.</summary>
internal static partial class SourceDirectives
{
    /// <summary>Turns the lines into comments. Every position stays what it was.</summary>
    internal static (SourceText Text, IReadOnlyList<SourceDirective> Directives) Mask(SourceText text, CSharpParseOptions options)
    {
        if (!Quick().IsMatch(text.ToString()))
        {
            return (text, []);
        }

        List<TextChange> changes = [];
        List<SourceDirective> directives = [];
        foreach (SyntaxTrivia trivia in CSharpSyntaxTree.ParseText(text, options).GetRoot().DescendantTrivia())
        {
            if (trivia.GetStructure() is BadDirectiveTriviaSyntax { Identifier.ValueText: "i" } directive)
            {
                TextSpan start = TextSpan.FromBounds(directive.HashToken.SpanStart, directive.Identifier.Span.End);
                string rest = text.ToString(TextSpan.FromBounds(start.End, text.Lines.GetLineFromPosition(start.End).End));
                Match match = Argument().Match(rest);
                changes.Add(new TextChange(start, "//".PadRight(start.Length)));
                if (directive.IsActive) // behind #if false it means nothing, but the compiler would still complain
                {
                    directives.Add(match.Success
                        ? new SourceDirective(start.End + match.Groups["source"].Index - 1, match.Groups["source"].Value)
                        : new SourceDirective(start.Start, null));
                }
            }
        }

        return (text.WithChanges(changes), directives);
    }

    [GeneratedRegex(@"^[ \t]*#[ \t]*i\b", RegexOptions.Multiline)]
    private static partial Regex Quick();

    [GeneratedRegex("^[ \t]*\"(?<source>[^\"]*)\"[ \t]*(//.*)?$")]
    private static partial Regex Argument();
}
