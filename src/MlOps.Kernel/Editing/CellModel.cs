using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Recommendations;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Editing;

/// <summary>A text bound as the next cell would be, without running it.</summary>
internal sealed class CellModel
{
    private static readonly Lazy<MefHostServices> Services = new(() =>
        MefHostServices.Create([typeof(Workspace).Assembly, System.Reflection.Assembly.Load("Microsoft.CodeAnalysis.CSharp.Workspaces")]));

    private CellModel(SemanticModel semantics, SyntaxNode root) => (Semantics, Root) = (semantics, root);

    internal SemanticModel Semantics { get; }

    internal SyntaxNode Root { get; }

    internal Compilation Compilation => Semantics.Compilation;

    /// <summary>Binds.</summary>
    /// <param name="engine">The session.</param>
    /// <param name="csharp">What <see cref="CellText.CSharp"/> makes of the cell.</param>
    /// <param name="cancellationToken">Stops the parser.</param>
    internal static CellModel Of(NotebookEngine engine, string csharp, CancellationToken cancellationToken)
    {
        SourceText text = UsingDeclarations.Mask(SourceText.From(csharp), SubmissionChain.ParseOptions).Text;
        SyntaxTree tree = SyntaxFactory.ParseSyntaxTree(text, SubmissionChain.ParseOptions, cancellationToken: cancellationToken);
        return new CellModel(engine.Bind(tree).GetSemanticModel(tree), tree.GetRoot(cancellationToken));
    }

    /// <summary>As <see cref="Of"/>, and asks Roslyn for the symbols that make sense at a position; none where no code is.</summary>
    internal static (CellModel Model, IReadOnlyList<ISymbol> Symbols) Recommend(NotebookEngine engine, string csharp, int position, CancellationToken cancellationToken)
    {
        // The recommender wants a tree that belongs to a document; the document's own compilation would not know the earlier cells.
        SourceText text = UsingDeclarations.Mask(SourceText.From(csharp), SubmissionChain.ParseOptions).Text;
        using var workspace = new AdhocWorkspace(Services.Value);
        ProjectInfo project = ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "cell", "cell", LanguageNames.CSharp, parseOptions: SubmissionChain.ParseOptions);
        DocumentInfo document = DocumentInfo.Create(
            DocumentId.CreateNewId(project.Id),
            "cell",
            sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Default)));
        Solution solution = workspace.AddSolution(SolutionInfo.Create(SolutionId.CreateNewId(), VersionStamp.Default, projects: [project.WithDocuments([document])]));
        SyntaxTree tree = solution.GetDocument(document.Id)!.GetSyntaxTreeAsync(cancellationToken).GetAwaiter().GetResult()!; // the text is in memory: nothing to wait for
        var model = new CellModel(engine.Bind(tree).GetSemanticModel(tree), tree.GetRoot(cancellationToken));
        if (model.IsInsideText(position))
        {
            return (model, []);
        }

#pragma warning disable CS0618 // the successor takes a document and binds it itself, without the cells before it
        IEnumerable<ISymbol> symbols = Recommender.GetRecommendedSymbolsAtPosition(model.Semantics, position, workspace, options: null, cancellationToken);
#pragma warning restore CS0618
        return (model, [.. symbols]);
    }

    /// <summary>The last token that starts before a position; of kind None if there is none.</summary>
    internal SyntaxToken TokenBefore(int position)
    {
        SyntaxToken token = Root.FindToken(position);
        while (!token.IsKind(SyntaxKind.None) && (token.SpanStart >= position || token.Span.Length == 0))
        {
            token = token.GetPreviousToken();
        }

        return token;
    }

    /// <summary>Whether a position lies where no code is: in a comment, a string, a number, a preprocessor line.</summary>
    internal bool IsInsideText(int position)
    {
        if (position == 0)
        {
            return false;
        }

        SyntaxTrivia trivia = Root.FindTrivia(position - 1);
        if (trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia) || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
        {
            return true;
        }

        if (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
        {
            return position < trivia.Span.End || trivia.ContainsDiagnostics;
        }

        SyntaxToken token = TokenBefore(position);
        return token.Kind() switch
        {
            SyntaxKind.InterpolatedStringTextToken => position <= token.Span.End,
            SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken
                or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken => true,
            SyntaxKind.NumericLiteralToken => position <= token.Span.End,
            SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                => position < token.Span.End || token.ContainsDiagnostics,
            _ => false,
        };
    }
}
