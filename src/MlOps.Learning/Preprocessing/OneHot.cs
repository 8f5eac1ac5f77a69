namespace MlOps.Learning.Preprocessing;

/// <summary>Turns each column of text into a column per category, <c>NAME=CATEGORY</c>: 1 in the rows of that category, 0 elsewhere.</summary>
/// <remarks>
/// Categories are those of the training rows, in ordinal order. A missing value is a category of its own, <c>NAME=(missing)</c>, the last, if
/// training rows had one; else it is unknown. Columns of numbers that come with the text (indicators) pass through.
/// </remarks>
/// <param name="unknown">What to do with other categories.</param>
/// <param name="dropFirst">Whether the first category gets no column, so that the columns do not add up to 1. A linear model without a penalty needs that.</param>
public sealed class OneHot(UnknownCategory unknown = UnknownCategory.Ignore, bool dropFirst = false) : Step
{
    internal override FittedStep Fit(Feature[] features) =>
        new FittedOneHot(Feature.Each(features, (feature, _) => feature is TextFeature text ? Categories.Fit(text) : null), unknown, dropFirst);
}
