using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Kernel.Engine;

/// <summary>Where a cell can be stopped without an abort: in each round of a loop that calls something or has to be cleaned up after, and at the start of each catch block.</summary>
/// <remarks>
/// <para>.NET 10 may crash when it delivers an abort to a thread that is inside certain methods, such as the getter of an AsyncLocal.
/// Loops that call nothing are safe to abort, and get no check: a call in them, even one that is never made, makes a sum over doubles
/// take four times as long, since no register keeps a double across a call.</para>
/// <para>Loops inside try, using and lock get one in any case: an abort that hits the first instruction of such a block, which is where
/// a loop begins, leaves without its finally block.</para>
/// <para>Not in a finally block: it runs when the cell has been told to stop, and is to come to its end.</para>
/// <para>In a catch block, because code that catches everything would go on.</para>
/// </remarks>
internal static class StopChecks
{
    private const string Check = $" if (global::MlOps.Kernel.Engine.{nameof(CellStop)}.{nameof(CellStop.Requested)}) global::MlOps.Kernel.Engine.{nameof(CellStop)}.{nameof(CellStop.Check)}();";

    /// <summary>What to insert into the text, and where. No insertion holds a line end.</summary>
    internal static IEnumerable<(int Position, string Text)> Insertions(CompilationUnitSyntax root) => root.DescendantNodes().SelectMany(node => node switch
    {
        CatchClauseSyntax clause when !Around(clause).Any(around => around is FinallyClauseSyntax) => Into(clause.Block),
        WhileStatementSyntax loop when NeedsCheck(loop) => Into(loop.Statement),
        DoStatementSyntax loop when NeedsCheck(loop) => Into(loop.Statement),
        ForStatementSyntax loop when NeedsCheck(loop) => Into(loop.Statement),
        CommonForEachStatementSyntax loop when NeedsCheck(loop) => Into(loop.Statement),
        _ => [],
    });

    private static IEnumerable<(int Position, string Text)> Into(StatementSyntax body) => body is BlockSyntax block
        ? [(block.OpenBraceToken.Span.End, Check)]
        : [(body.SpanStart, "{" + Check + " "), (body.Span.End, " }")];

    private static bool NeedsCheck(StatementSyntax loop) =>
        !Around(loop).Any(node => node is FinallyClauseSyntax)
        && (CallsIn(loop) || Around(loop).Any(node => node is TryStatementSyntax or UsingStatementSyntax or LockStatementSyntax));

    /// <summary>What encloses a statement within its method.</summary>
    private static IEnumerable<SyntaxNode> Around(SyntaxNode statement) => statement.Ancestors()
        .TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax));

    private static bool CallsIn(StatementSyntax loop) => loop.DescendantNodes().Any(node => node switch
    {
        // Math is instructions rather than calls.
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" or "MathF" } } } => false,
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or YieldStatementSyntax or LockStatementSyntax => true,
        _ => false,
    });
}
