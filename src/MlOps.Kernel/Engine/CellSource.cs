using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MlOps.Kernel.Packages;

namespace MlOps.Kernel.Engine;

/// <summary>A cell's text and what is compiled: the same lines, with marks that tell at run time how far the cell came, and calls that let it be stopped.</summary>
/// <remarks>
/// After every top-level statement that declares a variable, <c>marker = k;</c> is put on the same line, where <c>marker</c> is an int
/// field of the compiled cell. Lines stay, so stack traces need no mapping; columns of compile errors are mapped back.
/// </remarks>
internal sealed class CellSource
{
    /// <summary>The field that holds the number of the last mark passed.</summary>
    internal const string MarkerField = "__cellReached";

    // What is added to the text, by position. Mark is the number of the mark that an insertion sets, or 0.
    private readonly List<(int Position, string Text, int Mark)> _insertions = [];

    internal CellSource(string text, string label, CSharpParseOptions options)
    {
        (Text, Label) = (SourceText.From(text, Encoding.UTF8), label);
        (SourceText withoutSources, Sources) = SourceDirectives.Mask(Text, options);
        (SourceText masked, HashSet<int> resources) = UsingDeclarations.Mask(withoutSources, options);
        Tree = SyntaxFactory.ParseSyntaxTree(masked, options, label);
        Root = (CompilationUnitSyntax)Tree.GetRoot();
        if (!Root.ContainsDiagnostics)
        {
            _insertions.AddRange(StopChecks.Insertions(Root).Select(check => (check.Position, check.Text, Mark: 0)).Concat(Marks(resources)).OrderBy(insertion => insertion.Position));
        }

        Compiled = _insertions.Count == 0 ? Tree : SyntaxFactory.ParseSyntaxTree(masked.WithChanges(_insertions.Select(Insert)), options, label);
    }

    internal string Label { get; }

    internal SourceText Text { get; }

    /// <summary>Gets the tree as the user wrote it, without the marks.</summary>
    internal SyntaxTree Tree { get; }

    internal CompilationUnitSyntax Root { get; }

    /// <summary>Gets the package sources that the cell adds.</summary>
    internal IReadOnlyList<SourceDirective> Sources { get; }

    /// <summary>Gets the tree that is compiled.</summary>
    internal SyntaxTree Compiled { get; }

    /// <summary>Whether later cells can see anything of this one.</summary>
    internal bool Declares =>
        Root.Usings.Count > 0 || Root.Externs.Count > 0 || Root.GetLoadDirectives().Count > 0 || Root.GetReferenceDirectives().Count > 0
        || Root.Members.Any(member => member is not GlobalStatementSyntax global || DeclaresVariable(global));

    /// <summary>Gets the last expression if it has no semicolon: the cell's result.</summary>
    internal bool EndsInExpression => Root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } };

    /// <summary>The position in the user's text of a position in the compiled text.</summary>
    internal int ToUserPosition(int compiledPosition)
    {
        int shift = 0;
        foreach ((int position, string text, _) in _insertions)
        {
            if (position + shift >= compiledPosition)
            {
                break;
            }

            shift += Math.Min(text.Length, compiledPosition - position - shift);
        }

        return compiledPosition - shift;
    }

    /// <summary>The number of the mark behind a position of the compiled text; 0 if no mark follows.</summary>
    internal int MarkAfter(int compiledPosition)
    {
        int shift = 0;
        foreach ((int position, string text, int mark) in _insertions)
        {
            if (mark > 0 && position + shift >= compiledPosition)
            {
                return mark;
            }

            shift += text.Length;
        }

        return 0;
    }

    private static TextChange Insert((int Position, string Text, int Mark) insertion) => new(new TextSpan(insertion.Position, 0), insertion.Text);

    private static bool DeclaresVariable(GlobalStatementSyntax global) =>
        global.Statement is LocalDeclarationStatementSyntax || global.DescendantNodes().Any(node => node is SingleVariableDesignationSyntax);

    private static string Disposals(MemberDeclarationSyntax member, HashSet<int> resources) =>
        member is not FieldDeclarationSyntax field || resources.Count == 0
            ? ""
            : string.Concat(field.Declaration.Variables
                .Where(variable => resources.Contains(variable.SpanStart))
                .Select(variable => $" global::{typeof(CellEnd).FullName}.{nameof(CellEnd.Dispose)}({variable.Identifier.Text});"));

    private IEnumerable<(int Position, string Text, int Mark)> Marks(HashSet<int> resources)
    {
        int mark = 0;
        foreach (MemberDeclarationSyntax member in Root.Members)
        {
            bool declares = member switch
            {
                FieldDeclarationSyntax or EventFieldDeclarationSyntax => true,
                PropertyDeclarationSyntax property => property.Initializer is not null,
                GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } } => false,
                GlobalStatementSyntax global => DeclaresVariable(global),
                _ => false,
            };
            if (!declares)
            {
                continue;
            }

            if (mark++ == 0)
            {
                yield return (Root.Members[0].SpanStart, $"int {MarkerField};", 0);
            }

            yield return (member.Span.End, FormattableString.Invariant($" {MarkerField} = {mark};") + Disposals(member, resources), mark);
        }
    }
}
