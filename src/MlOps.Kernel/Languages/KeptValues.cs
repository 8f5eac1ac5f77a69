namespace MlOps.Kernel.Languages;

/// <summary>A text that <c>#!value</c> keeps, and what it is.</summary>
internal sealed record KeptValue(string Text, string MimeType);

/// <summary>The texts that <c>#!value</c> keeps in one session. Thread-safe.</summary>
internal sealed class KeptValues
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, KeptValue> _byName = new(StringComparer.Ordinal);

    internal void Set(string name, KeptValue value)
    {
        lock (_gate)
        {
            _byName[name] = value;
        }
    }

    /// <exception cref="DirectiveException">There is none of that name.</exception>
    internal KeptValue Get(string name)
    {
        lock (_gate)
        {
            return _byName.TryGetValue(name, out KeptValue? value)
                ? value
                : throw new DirectiveException($"#!value keeps nothing named '{name}'. " + (_byName.Count == 0 ? "It keeps nothing yet." : $"It keeps: {string.Join(", ", _byName.Keys)}."));
        }
    }
}
