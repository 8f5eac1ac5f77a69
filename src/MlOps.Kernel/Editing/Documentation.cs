using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Editing;

/// <summary>The XML documentation of symbols, wherever they come from.</summary>
internal sealed class Documentation
{
    private const int MaxInherit = 8; // inheritdoc that names itself must end

    private readonly DocumentationFiles _files = new();

    /// <summary>The summary as plain text; null if there is none.</summary>
    internal string? Summary(ISymbol symbol, Compilation compilation) =>
        Of(symbol, compilation) is { } member && DocumentationText.Plain(member.Element("summary")) is { Length: > 0 } text ? text : null;

    /// <summary>The description of a symbol as an element with <c>summary</c>, <c>param</c> and so on below it; null if there is none.</summary>
    internal XElement? Of(ISymbol symbol, Compilation compilation) => symbol switch
    {
        IParameterSymbol { ContainingSymbol: { } owner } parameter => Part(owner, "param", parameter.Name, compilation),
        ITypeParameterSymbol { ContainingSymbol: { } owner } parameter => Part(owner, "typeparam", parameter.Name, compilation),
        ILocalSymbol or IRangeVariableSymbol or INamespaceSymbol => null,
        IMethodSymbol { AssociatedSymbol: { } property } => Of(property, compilation),
        _ => Inherited(Definition(symbol), compilation, 0),
    };

    private static ISymbol Definition(ISymbol symbol) => symbol is IMethodSymbol { ReducedFrom: { } full } ? full.OriginalDefinition : symbol.OriginalDefinition;

    private XElement? Part(ISymbol owner, string element, string name, Compilation compilation) =>
        Of(owner, compilation)?.Elements(element).FirstOrDefault(part => (string?)part.Attribute("name") == name) is { } found
            ? new XElement("member", new XElement("summary", found.Nodes()))
            : null;

    private XElement? Inherited(ISymbol symbol, Compilation compilation, int depth)
    {
        XElement? own = Own(symbol, compilation);
        if (own is not null && own.Element("inheritdoc") is null)
        {
            return own;
        }

        string? reference = (string?)own?.Element("inheritdoc")?.Attribute("cref");
        ISymbol? source = reference is null ? Base(symbol) : DocumentationCommentId.GetFirstSymbolForDeclarationId(reference, compilation);
        XElement? inherited = source is null || depth == MaxInherit ? null : Inherited(source.OriginalDefinition, compilation, depth + 1);
        return inherited ?? own;
    }

    private static ISymbol? Base(ISymbol symbol)
    {
        ISymbol? overridden = symbol switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            IEventSymbol @event => @event.OverriddenEvent,
            _ => null,
        };
        if (overridden is not null || symbol.ContainingType is not { } type || symbol is not (IMethodSymbol or IPropertySymbol or IEventSymbol))
        {
            return overridden;
        }

        return type.AllInterfaces
            .SelectMany(candidate => candidate.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), symbol));
    }

    private XElement? Own(ISymbol symbol, Compilation compilation)
    {
        if (!symbol.DeclaringSyntaxReferences.IsEmpty)
        {
            return CellComments.Of(symbol) ?? OfRecordProperty(symbol, compilation);
        }

        return symbol.ContainingAssembly is { } assembly
            && compilation.GetMetadataReference(assembly) is PortableExecutableReference { FilePath: { } path }
            && symbol.GetDocumentationCommentId() is { } id
            ? _files.Find(path, id) ?? OfRecordProperty(symbol, compilation)
            : null;
    }

    /// <summary>A record documents its properties as parameters of the type.</summary>
    private XElement? OfRecordProperty(ISymbol symbol, Compilation compilation) =>
        symbol is IPropertySymbol { ContainingType: { IsRecord: true } record } ? Part(record, "param", symbol.Name, compilation) : null;
}
