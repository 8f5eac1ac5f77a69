namespace MlOps.Learning.Preprocessing;

/// <summary>Turns text into the place of its category.</summary>
public sealed class FittedOrdinal : FittedStep
{
    private readonly Categories?[] _categories;

    internal FittedOrdinal(Categories?[] categories, UnknownCategory unknown)
    {
        _categories = categories;
        Unknown = unknown;
    }

    /// <summary>Gets the categories of each column of text, in order. Null for a column of numbers that passes through.</summary>
    public IReadOnlyList<IReadOnlyList<string>?> CategoriesOf => [.. _categories.Select(one => one?.Known)];

    /// <summary>Gets what happens to other categories.</summary>
    public UnknownCategory Unknown { get; }

    internal override Feature[] Apply(Feature[] features) => Feature.Each(features, (feature, j) =>
        _categories[j] is { } categories ? new NumberFeature(feature.Name, categories.Number((TextFeature)feature, Unknown), feature.FirstRow) : feature);
}
