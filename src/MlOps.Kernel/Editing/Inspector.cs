using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Editing;

/// <summary>Describes what stands at a position of C#: a name, or the call whose arguments are being written.</summary>
internal sealed class Inspector(NotebookEngine engine, Documentation documentation)
{
    private const int MaxListed = 40;

    internal Inspection? At(string csharp, int position, int detail, CancellationToken cancellationToken)
    {
        CellModel model = CellModel.Of(engine, csharp, cancellationToken);
        IReadOnlyList<ISymbol> named = SymbolFinder.At(model, position, cancellationToken);
        if (named.Count > 0)
        {
            return Describe(named, model, detail);
        }

        return CallSite.At(model, position, cancellationToken) is { } call ? Call(call, model, detail) : null;
    }

    private Inspection Describe(IReadOnlyList<ISymbol> symbols, CellModel model, int detail)
    {
        ISymbol first = symbols[0];
        var text = new InspectionText();
        text.Signature(SymbolText.Full(first) + SymbolText.Overloads(symbols.Count - 1));
        if (Value(first) is { } value)
        {
            text.Value(value);
        }

        XElement? member = documentation.Of(first, model.Compilation);
        text.Part(member?.Element("summary"));
        if (detail <= 0)
        {
            return text.ToInspection();
        }

        Details(text, member);
        if (symbols.Count > 1)
        {
            text.Section("Overloads", symbols.Skip(1).Take(MaxListed).Select(overload => (SymbolText.Full(overload), documentation.Of(overload, model.Compilation)?.Element("summary"))));
        }

        foreach ((string title, IEnumerable<ISymbol> members) in Inside(first))
        {
            text.Section(title, members.Take(MaxListed).Select(inner => (SymbolText.OneLine(inner), documentation.Of(inner, model.Compilation)?.Element("summary"))));
        }

        return text.ToInspection();
    }

    private Inspection Call(CallSite call, CellModel model, int detail)
    {
        var text = new InspectionText();
        int shown = detail <= 0 ? 5 : MaxListed;
        text.Signature(string.Join('\n', call.Candidates.Take(shown).Select(SymbolText.Full)));
        if (call.Candidates.Count > shown)
        {
            text.Text(string.Create(CultureInfo.InvariantCulture, $"and {call.Candidates.Count - shown} more overloads"));
        }

        ISymbol best = call.Candidates[0];
        XElement? member = documentation.Of(best, model.Compilation);
        text.Part(member?.Element("summary"));
        IParameterSymbol? parameter = CallSite.Parameters(best).ElementAtOrDefault(call.Argument);
        if (detail <= 0 && parameter is not null)
        {
            text.Section("Next argument", [(SymbolText.OneLine(parameter), documentation.Of(parameter, model.Compilation)?.Element("summary"))]);
        }
        else if (detail > 0)
        {
            Details(text, member);
        }

        return text.ToInspection();
    }

    private static void Details(InspectionText text, XElement? member)
    {
        if (member is null)
        {
            return;
        }

        text.Section("Type parameters", Named(member, "typeparam", "name"));
        text.Section("Parameters", Named(member, "param", "name"));
        text.Section("Returns", member.Element("returns"));
        text.Section("Value", member.Element("value"));
        text.Section("Exceptions", member.Elements("exception").Select(element => (SymbolText.OfReference((string?)element.Attribute("cref") ?? ""), (XElement?)element)));
        text.Section("Remarks", member.Element("remarks"));
        text.Section("Example", member.Element("example"));
    }

    private static IEnumerable<(string Name, XElement? Text)> Named(XElement member, string element, string attribute) =>
        member.Elements(element).Select(part => ((string?)part.Attribute(attribute) ?? "", (XElement?)part));

    private static IEnumerable<(string Title, IEnumerable<ISymbol> Members)> Inside(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Enum } type => [("Values", type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst))],
        INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type =>
            [("Constructors", type.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public && !IsCopy(constructor)))],
        _ => [],
    };

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor.IsImplicitlyDeclared && constructor.Parameters is [{ } only] && SymbolEqualityComparer.Default.Equals(only.Type, constructor.ContainingType);

    /// <summary>The value of a variable of the session, if the name means that variable.</summary>
    private string? Value(ISymbol symbol)
    {
        if (symbol is not IFieldSymbol field || !SymbolText.IsCellVariable(field))
        {
            return null;
        }

        string type = field.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        CellVariable? variable = engine.Variables.FirstOrDefault(known => known.Name == field.Name && known.Type == type);
        return variable is null ? null : ValueText.Of(variable.Value);
    }
}
