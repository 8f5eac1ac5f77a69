using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages;

/// <summary>The directives of one engine: the built-in ones and the host's, which win.</summary>
internal sealed class DirectiveTable
{
    private readonly Dictionary<string, CellDirective> _byName = new(StringComparer.OrdinalIgnoreCase);

    internal DirectiveTable(IEnumerable<CellDirective> ofHost)
    {
        foreach (CellDirective directive in BuiltInDirectives.All.Concat(ofHost))
        {
            _byName[directive.Description.Name] = directive;
            if (directive.Alias is { } alias)
            {
                _byName[alias] = directive;
            }
        }

        Descriptions = [.. _byName.Select(Describe).OrderBy(d => d.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Gets the directives, each once.</summary>
    internal IEnumerable<CellDirective> All => _byName.Values.Distinct();

    /// <summary>Gets what users are told about them, in the order of the names.</summary>
    internal IReadOnlyList<DirectiveDescription> Descriptions { get; }

    /// <summary>The directive of a name, and its arguments with what a suffix of the name stands for; null if there is none.</summary>
    internal (CellDirective Directive, string Arguments)? Find(string name, string arguments)
    {
        if (_byName.TryGetValue(name, out CellDirective? directive))
        {
            return (directive, arguments);
        }

        int dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && dash < name.Length - 1 && _byName.TryGetValue(name[..dash], out CellDirective? family) && family.SuffixOption is { } option
            ? (family, $"{option} {name[(dash + 1)..]} {arguments}".TrimEnd())
            : null;
    }

    /// <summary>The language of a name, for directives that name one.</summary>
    /// <exception cref="DirectiveException">There is no such language.</exception>
    internal CellDirective Language(string name) => Find(name, "") switch
    {
        ({ Description.IsLanguage: true } language, _) => language,
        null => throw new DirectiveException(WhyUnknown(name)),
        _ => throw new DirectiveException($"'{name}' is no language. The languages are: {string.Join(", ", Descriptions.Where(d => d.IsLanguage).Select(d => d.Name))}."),
    };

    /// <summary>What to tell about a name that is not in the table.</summary>
    internal string WhyUnknown(string name) => AbsentLanguages.Advice(name)
        ?? $"There is no #!{name}. There are, the nearest spelling first: "
            + string.Join(", ", Descriptions.Select(d => d.Name).OrderBy(known => EditDistance.Between(known.ToUpperInvariant(), name.ToUpperInvariant())).Select(known => "#!" + known)) + ".";

    private static DirectiveDescription Describe(KeyValuePair<string, CellDirective> entry)
    {
        (string name, CellDirective directive) = entry;
        return name == directive.Alias
            ? directive.Description with { Name = name, Usage = $"#!{name}", Summary = $"The same as #!{directive.Description.Name}." }
            : directive.Description;
    }
}
