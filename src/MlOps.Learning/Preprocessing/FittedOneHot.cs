namespace MlOps.Learning.Preprocessing;

/// <summary>Turns text into a column per category.</summary>
public sealed class FittedOneHot : FittedStep
{
    private readonly Categories?[] _categories;

    internal FittedOneHot(Categories?[] categories, UnknownCategory unknown, bool dropFirst)
    {
        _categories = categories;
        Unknown = unknown;
        DropFirst = dropFirst;
    }

    /// <summary>Gets the categories of each column of text, in order; null stands for a missing value. Null for a column of numbers that passes through.</summary>
    public IReadOnlyList<IReadOnlyList<string?>?> CategoriesOf => [.. _categories.Select(one => one?.Names)];

    /// <summary>Gets what happens to other categories.</summary>
    public UnknownCategory Unknown { get; }

    /// <summary>Gets a value indicating whether the first category has no column.</summary>
    public bool DropFirst { get; }

    internal override Feature[] Apply(Feature[] features) => Feature.Each(features, (feature, j) =>
    {
        if (_categories[j] is not { } categories)
        {
            return feature;
        }

        int skipped = DropFirst ? 1 : 0;
        int[] places = categories.Code((TextFeature)feature, Unknown);
        if (DropFirst)
        {
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = Math.Max(places[i], 0) - 1; // the first category looks as an unknown one does: all zeros
            }
        }

        return new IndicatorFeature(feature.Name, [.. categories.Names.Skip(skipped).Select(name => $"{feature.Name}={name ?? "(missing)"}")], places, feature.FirstRow);
    });
}
