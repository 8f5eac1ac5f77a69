namespace MlOps.Learning.Preprocessing;

/// <summary>Adds products of columns: with degree 2 of <c>a, b</c> these are <c>a, b, a^2, a b, b^2</c>.</summary>
/// <remarks>Order and names as scikit-learn's PolynomialFeatures without its constant column. A product with a missing value is missing.</remarks>
/// <param name="degree">The most factors in a product, ≥ 1. The number of columns grows as d^degree.</param>
/// <param name="interactionsOnly">Whether a column may be a factor only once, so that there are no powers.</param>
public sealed class Polynomial(int degree = 2, bool interactionsOnly = false) : Step
{
    private const int MostColumns = 100_000;

    private readonly int _degree = Guard.AtLeast(degree, 1);

    internal override FittedStep Fit(Feature[] features)
    {
        NumberFeature[] numbers = NumberFeature.All(features, nameof(Polynomial));
        var terms = new List<int[]>();
        List<int[]> shorter = [.. Enumerable.Range(0, numbers.Length).Select(j => new[] { j })];
        for (int length = 1; length <= _degree; length++)
        {
            terms.AddRange(shorter);
            if (terms.Count > MostColumns)
            {
                throw new ArgumentException($"Degree {_degree} of {numbers.Length} columns makes more than {MostColumns} columns.", nameof(features));
            }

            shorter = [.. shorter.SelectMany(term => Enumerable.Range(term[^1], numbers.Length - term[^1]).Skip(interactionsOnly ? 1 : 0).Select(j => (int[])[.. term, j]))];
        }

        return new FittedPolynomial([.. numbers.Select(number => number.Name)], terms);
    }
}
