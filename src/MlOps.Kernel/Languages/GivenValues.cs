namespace MlOps.Kernel.Languages;

/// <summary>The values that directives of one cell gave to its parts in other languages: of each name the last one.</summary>
internal sealed class GivenValues
{
    private readonly List<(string Language, string Name, object? Value)> _values = [];

    internal void Add(string language, string name, object? value)
    {
        _values.RemoveAll(given => given.Language == language && given.Name == name);
        _values.Add((language, name, value));
    }

    internal IReadOnlyList<(string Name, object? Value)> Of(string language) =>
        [.. _values.Where(given => given.Language == language).Select(given => (given.Name, given.Value))];
}
