namespace MlOps.Learning.Preprocessing;

/// <summary>Turns each column of text into one column of codes 0, 1, …: the place of the category.</summary>
/// <remarks>
/// The order is ordinal unless <c>order</c> gives one, such as <c>["low", "medium", "high"]</c>. A missing value stays missing (NaN).
/// Columns of numbers that come with the text (indicators) pass through.
/// </remarks>
/// <param name="unknown">What to do with a category that is not known: −1, or an error.</param>
/// <param name="order">All categories in order, for every column of the group; those of the training rows in ordinal order when null.</param>
public sealed class Ordinal(UnknownCategory unknown = UnknownCategory.Ignore, IReadOnlyList<string>? order = null) : Step
{
    internal override FittedStep Fit(Feature[] features) =>
        new FittedOrdinal(Feature.Each(features, (feature, _) => feature is not TextFeature text ? null : order is null ? Categories.Fit(text) : Categories.Of(order)), unknown);
}
