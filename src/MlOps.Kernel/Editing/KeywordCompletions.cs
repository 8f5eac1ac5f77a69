using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Kernel.Editing;

/// <summary>The keywords that can stand at a place. The rules look at the token before it and at what is around it.</summary>
internal sealed class KeywordCompletions(CellModel model, int position, SyntaxToken left)
{
    private static readonly string[] Types =
        ["bool", "byte", "char", "decimal", "double", "dynamic", "float", "int", "long", "nint", "nuint", "object", "sbyte", "short", "string", "uint", "ulong", "ushort"];

    private static readonly string[] Values =
        ["async", "await", "checked", "default", "delegate", "false", "from", "nameof", "new", "null", "sizeof", "stackalloc", "throw", "true", "typeof", "unchecked", .. Types];

    private static readonly string[] Modifiers =
        ["abstract", "async", "class", "const", "delegate", "enum", "event", "extern", "interface", "internal", "partial", "private", "protected", "public", "readonly", "record", "ref", "required", "sealed", "static", "struct", "unsafe", "virtual", "void", "volatile"];

    private static readonly string[] Statements =
        ["const", "do", "fixed", "for", "foreach", "goto", "if", "lock", "return", "static", "switch", "try", "unsafe", "using", "var", "void", "while", "yield", .. Values];

    private static readonly string[] CellStatements =
        ["abstract", "class", "enum", "extern", "interface", "internal", "partial", "private", "public", "readonly", "record", "ref", "sealed", "struct"];

    private static readonly string[] Patterns = ["not", "null", "true", "false", "var", .. Types];

    private static readonly string[] AfterValue = ["and", "as", "is", "or", "switch", "with"];

    private static readonly string[] Query = ["ascending", "by", "descending", "equals", "from", "group", "in", "into", "join", "let", "on", "orderby", "select", "where"];

    internal IEnumerable<string> Keywords() => left.Kind() switch
    {
        SyntaxKind.None or SyntaxKind.SemicolonToken or SyntaxKind.OpenBraceToken or SyntaxKind.CloseBraceToken => AtStart(),
        SyntaxKind.DotToken or SyntaxKind.ColonColonToken or SyntaxKind.MinusGreaterThanToken => [],
        SyntaxKind.CloseParenToken => AfterParenthesis(),
        SyntaxKind.ElseKeyword or SyntaxKind.DoKeyword => InBlock(),
        SyntaxKind.ColonToken => left.Parent is SwitchLabelSyntax or LabeledStatementSyntax ? InBlock() : left.Parent is BaseListSyntax ? [] : ValuesHere(),
        SyntaxKind.OpenParenToken => AfterOpening(),
        SyntaxKind.LessThanToken when left.Parent is TypeArgumentListSyntax => Types,
        SyntaxKind.CommaToken when left.Parent is TypeArgumentListSyntax => Types,
        SyntaxKind.CommaToken or SyntaxKind.OpenBracketToken when left.Parent is ParameterListSyntax or BracketedParameterListSyntax => ParameterStart(),
        SyntaxKind.CommaToken or SyntaxKind.OpenBraceToken when left.Parent is EnumDeclarationSyntax => [],
        SyntaxKind.CommaToken when left.Parent is ArgumentListSyntax => ["in", "out", "ref", .. ValuesHere()],
        SyntaxKind.NewKeyword or SyntaxKind.AsKeyword => Types,
        SyntaxKind.IsKeyword or SyntaxKind.CaseKeyword or SyntaxKind.NotKeyword or SyntaxKind.AndKeyword or SyntaxKind.OrKeyword => Patterns,
        SyntaxKind.OutKeyword or SyntaxKind.RefKeyword => ["var", .. ValuesHere()],
        SyntaxKind.UsingKeyword => ["static", "var"],
        SyntaxKind.InKeyword or SyntaxKind.ReturnKeyword or SyntaxKind.ThrowKeyword or SyntaxKind.AwaitKeyword or SyntaxKind.WhenKeyword => ValuesHere(),
        SyntaxKind.YieldKeyword => ["break", "return"],
        SyntaxKind.AsyncKeyword => ["delegate", "static", "void"],
        SyntaxKind.SelectKeyword or SyntaxKind.WhereKeyword or SyntaxKind.OrderByKeyword or SyntaxKind.ByKeyword or SyntaxKind.OnKeyword or SyntaxKind.EqualsKeyword => ValuesHere(),
        SyntaxKind.IdentifierToken or SyntaxKind.CloseBracketToken or SyntaxKind.NumericLiteralToken or SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken
            or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword or SyntaxKind.NullKeyword or SyntaxKind.ThisKeyword => AfterOperand(),
        _ when left.IsKeyword() => IsModifier(left) ? [.. Modifiers, .. Types] : [],
        _ => ValuesHere(),
    };

    private static bool IsModifier(SyntaxToken token) => SyntaxFacts.IsAccessibilityModifier(token.Kind())
        || token.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.SealedKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.PartialKeyword
            or SyntaxKind.VirtualKeyword or SyntaxKind.OverrideKeyword or SyntaxKind.RequiredKeyword or SyntaxKind.ConstKeyword or SyntaxKind.UnsafeKeyword or SyntaxKind.ExternKeyword;

    private IEnumerable<string> AtStart()
    {
        if (left.Parent is InitializerExpressionSyntax or AnonymousObjectCreationExpressionSyntax or InterpolationSyntax)
        {
            return left.IsKind(SyntaxKind.OpenBraceToken) ? ValuesHere() : AfterOperand();
        }

        if (left.Parent is ForStatementSyntax)
        {
            return ValuesHere();
        }

        return left.Parent switch
        {
            EnumDeclarationSyntax when left.IsKind(SyntaxKind.OpenBraceToken) => [],
            PropertyPatternClauseSyntax => left.IsKind(SyntaxKind.OpenBraceToken) ? [] : AfterOperand(),
            SwitchExpressionSyntax => left.IsKind(SyntaxKind.OpenBraceToken) ? Patterns : AfterOperand(),
            AccessorListSyntax when left.IsKind(SyntaxKind.OpenBraceToken) => ["get", "init", "private", "set"],
            AccessorDeclarationSyntax => ["get", "init", "private", "set"],
            _ => Enclosing<TypeDeclarationSyntax>() is { } type && Enclosing<BlockSyntax>()?.Ancestors().Contains(type) != true ? [.. Modifiers, "override", .. Types] : InBlock(),
        };
    }

    private IEnumerable<string> InBlock()
    {
        List<string> keywords = [.. Statements];
        if (Enclosing<BlockSyntax>() is null)
        {
            keywords.AddRange(CellStatements);
        }

        bool inLoop = Inside(node => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);
        bool inSwitch = Inside(node => node is SwitchStatementSyntax);
        if (inLoop)
        {
            keywords.AddRange(["break", "continue"]);
        }

        if (inSwitch)
        {
            keywords.AddRange(["break", "case", "default"]);
        }

        if (Ends<IfStatementSyntax>())
        {
            keywords.Add("else");
        }

        if (Ends<TryStatementSyntax>() || left.Parent?.Parent is TryStatementSyntax or CatchClauseSyntax)
        {
            keywords.AddRange(["catch", "finally"]);
        }

        AddSelf(keywords);
        return keywords.Distinct(StringComparer.Ordinal);
    }

    private List<string> ValuesHere()
    {
        List<string> keywords = [.. Values];
        AddSelf(keywords);
        return keywords;
    }

    private void AddSelf(List<string> keywords)
    {
        if (Enclosing<TypeDeclarationSyntax>() is not null)
        {
            keywords.AddRange(["base", "this"]);
        }
    }

    private IEnumerable<string> AfterParenthesis() => left.Parent switch
    {
        IfStatementSyntax or WhileStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or LockStatementSyntax or UsingStatementSyntax or FixedStatementSyntax => InBlock(),
        CastExpressionSyntax => ValuesHere(),
        CatchDeclarationSyntax => ["when"],
        ParameterListSyntax => ["where"],
        _ => AfterOperand(),
    };

    private IEnumerable<string> AfterOpening() => left.Parent switch
    {
        ParameterListSyntax => ParameterStart(),
        CommonForEachStatementSyntax or ForStatementSyntax or UsingStatementSyntax => ["await", "var", .. Types],
        TypeOfExpressionSyntax or SizeOfExpressionSyntax or DefaultExpressionSyntax => Types,
        CatchDeclarationSyntax => [],
        ArgumentListSyntax => ["in", "out", "ref", .. ValuesHere()],
        _ => ValuesHere(),
    };

    private static IEnumerable<string> ParameterStart() => ["in", "out", "params", "ref", "this", .. Types];

    /// <summary>Behind a value come operators in words; behind a type comes a name, which nobody can guess.</summary>
    private IEnumerable<string> AfterOperand()
    {
        if (left.Parent is ExpressionSyntax expression && model.Semantics.GetSymbolInfo(expression).Symbol is ITypeSymbol or INamespaceSymbol)
        {
            return [];
        }

        return Inside(node => node is QueryExpressionSyntax) ? [.. AfterValue, .. Query]
            : left.Parent is CommonForEachStatementSyntax or DeclarationExpressionSyntax or FromClauseSyntax or SingleVariableDesignationSyntax ? ["in"]
            : [.. AfterValue, "when"];
    }

    /// <summary>The innermost node of a kind whose braces are around the position.</summary>
    private T? Enclosing<T>()
        where T : SyntaxNode => Around().OfType<T>().FirstOrDefault();

    private bool Inside(Func<SyntaxNode, bool> kind) => left.Parent?.AncestorsAndSelf().TakeWhile(node => node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax)).Any(kind) == true;

    private IEnumerable<SyntaxNode> Around()
    {
        foreach (SyntaxNode node in left.Parent?.AncestorsAndSelf() ?? [])
        {
            (SyntaxToken open, SyntaxToken close) = node switch
            {
                BlockSyntax block => (block.OpenBraceToken, block.CloseBraceToken),
                TypeDeclarationSyntax type => (type.OpenBraceToken, type.CloseBraceToken),
                _ => default,
            };
            if (!open.IsKind(SyntaxKind.None) && open.Span.End <= position && (close.IsMissing || position <= close.SpanStart))
            {
                yield return node;
            }
        }
    }

    /// <summary>Whether a statement of a kind ends right before the position.</summary>
    private bool Ends<T>()
        where T : StatementSyntax => left.Parent?.AncestorsAndSelf().OfType<T>().Any(statement => statement.GetLastToken() == left) == true;
}
