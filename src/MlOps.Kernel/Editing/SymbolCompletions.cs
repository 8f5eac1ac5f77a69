using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Editing;

/// <summary>Completion of C#: names, keywords, and what the place asks for.</summary>
internal sealed class SymbolCompletions(NotebookEngine engine, Documentation documentation)
{
    private const int Documented = 50; // entries a reader may come to look at; the editor asks again for the one it is interested in

    internal Completions At(string csharp, int position, CancellationToken cancellationToken)
    {
        int start = WordStart(csharp, position);
        bool escaped = start > 0 && csharp[start - 1] == '@';
        string typed = csharp[start..position];
        int from = escaped ? start - 1 : start;
        string code = escaped ? csharp.Remove(from, 1).Insert(from, " ") : csharp; // a lone @ is no name yet, and would end all recommendations
        (CellModel model, IReadOnlyList<ISymbol> symbols) = CellModel.Recommend(engine, code, position, cancellationToken);
        if (model.IsInsideText(position) || (typed.Length > 0 && char.IsAsciiDigit(typed[0])))
        {
            return Completions.None(position);
        }

        SyntaxToken left = model.TokenBefore(from);
        if (NamesSomethingNew(left))
        {
            return Completions.None(position);
        }

        var context = new ContextCompletions(model, from, left, cancellationToken);
        List<Candidate> candidates = [];
        IReadOnlyList<ISymbol>? members = context.Members();
        if (members is not null)
        {
            candidates.AddRange(Symbols(members, typed, left, expected: true));
        }

        if (members is null || context.TakesValues())
        {
            bool seesVariables = model.Semantics.GetEnclosingSymbol(from, cancellationToken) is not { } around || Types(around).All(type => type.IsScriptClass);
            candidates.AddRange(Symbols(symbols.Where(symbol => seesVariables || symbol.IsStatic || symbol is ITypeSymbol || !SymbolText.IsOfCell(symbol)), typed, left, expected: false));
            candidates.AddRange(context.Entries().Select(entry => Entry(entry, typed, expected: true)).OfType<Candidate>());
            candidates.AddRange(escaped ? [] : new KeywordCompletions(model, from, left).Keywords()
                .Distinct(StringComparer.Ordinal)
                .Select(word => Entry(new CompletionEntry(word, EntryKind.Keyword, ""), typed, expected: false))
                .OfType<Candidate>());
        }

        cancellationToken.ThrowIfCancellationRequested();
        IEnumerable<Candidate> sorted = candidates
            .OrderBy(candidate => candidate.IsObsolete)
            .ThenBy(candidate => candidate.Rate)
            .ThenBy(candidate => candidate.Weight)
            .ThenBy(candidate => candidate.Entry.Text, StringComparer.OrdinalIgnoreCase)
            .ThenBy(candidate => candidate.Entry.Text, StringComparer.Ordinal);
        return new Completions(from, position, [.. sorted.DistinctBy(candidate => (candidate.Entry.Text, candidate.Entry.Kind)).Select((candidate, i) => Document(candidate, i, model.Compilation))]);
    }

    internal static int WordStart(string text, int position)
    {
        int start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    /// <summary>Whether a name is being invented here: after <c>var</c>, <c>int</c>, <c>class</c>.</summary>
    private static bool NamesSomethingNew(SyntaxToken left) =>
        left.Kind() is SyntaxKind.ClassKeyword or SyntaxKind.StructKeyword or SyntaxKind.InterfaceKeyword or SyntaxKind.EnumKeyword or SyntaxKind.RecordKeyword or SyntaxKind.NamespaceKeyword
        || (SyntaxFacts.IsPredefinedType(left.Kind()) && left.Parent is PredefinedTypeSyntax { Parent: not (TypeArgumentListSyntax or MemberAccessExpressionSyntax) })
        || left is { RawKind: (int)SyntaxKind.IdentifierToken, ValueText: "var" };

    private CompletionEntry Document(Candidate candidate, int index, Compilation compilation) =>
        index < Documented && candidate.Symbol is { } symbol ? candidate.Entry with { Documentation = documentation.Summary(symbol, compilation) } : candidate.Entry;

    private static Candidate? Entry(CompletionEntry entry, string typed, bool expected)
    {
        int? rate = NameMatch.Rate(entry.Text, typed) ?? (entry.Kind == EntryKind.EnumMember ? NameMatch.Rate(entry.Text[(entry.Text.LastIndexOf('.') + 1)..], typed) : null);
        return rate is { } found ? new Candidate(entry, null, found, expected ? 0 : 2, IsObsolete: false) : null;
    }

    private static IEnumerable<Candidate> Symbols(IEnumerable<ISymbol> symbols, string typed, SyntaxToken left, bool expected)
    {
        bool creates = left.IsKind(SyntaxKind.NewKeyword);
        bool unqualified = left.Kind() is not (SyntaxKind.DotToken or SyntaxKind.ColonColonToken or SyntaxKind.MinusGreaterThanToken);
        bool attribute = left.Parent is AttributeListSyntax;
        IEnumerable<IGrouping<(string Name, SymbolKind Kind), ISymbol>> groups = symbols
            .Where(symbol => IsForUsers(symbol) && !(creates && symbol is INamedTypeSymbol { IsStatic: true }))
            .GroupBy(symbol => (Name(symbol, attribute), symbol.Kind));
        foreach (IGrouping<(string Name, SymbolKind Kind), ISymbol> group in groups)
        {
            if (NameMatch.Rate(group.Key.Name, typed) is not { } rate)
            {
                continue;
            }

            ISymbol[] visible = [.. group.Where(symbol => !SymbolAttributes.IsHidden(symbol))];
            if (visible.Length == 0)
            {
                continue;
            }

            ISymbol first = visible.FirstOrDefault(symbol => !SymbolAttributes.IsObsolete(symbol)) ?? visible[0];
            string text = SymbolText.Identifier(group.Key.Name);
            var entry = new CompletionEntry(text, EntryKind.Of(first), SymbolText.OneLine(first) + SymbolText.Overloads(visible.Length - 1));
            int weight = expected ? 0 : unqualified && (first is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol || SymbolText.IsOfCell(first)) ? 1 : 2;
            yield return new Candidate(entry, first, rate, weight, SymbolAttributes.IsObsolete(first));
        }
    }

    private static IEnumerable<INamedTypeSymbol> Types(ISymbol symbol)
    {
        for (INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    private static string Name(ISymbol symbol, bool attribute) =>
        attribute && symbol is INamedTypeSymbol && symbol.Name.EndsWith("Attribute", StringComparison.Ordinal) && symbol.Name.Length > 9 ? symbol.Name[..^9] : symbol.Name;

    private static bool IsForUsers(ISymbol symbol) =>
        symbol.CanBeReferencedByName
        && symbol.Name.Length > 0
        && symbol.Name[0] != '<'
        && symbol.Name != CellSource.MarkerField
        && !UnreachedNames.IsHidden(symbol)
        && symbol is not INamespaceSymbol { Name: "Internal", ContainingNamespace.IsGlobalNamespace: true }; // the framework's own

    private sealed record Candidate(CompletionEntry Entry, ISymbol? Symbol, int Rate, int Weight, bool IsObsolete);
}
