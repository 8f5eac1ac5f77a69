using System.Numerics.Tensors;

namespace MlOps.Learning.Preprocessing;

/// <summary>Makes products of columns.</summary>
public sealed class FittedPolynomial : FittedStep
{
    private readonly int[][] _terms;
    private readonly string[] _names;

    internal FittedPolynomial(IReadOnlyList<string> columns, IEnumerable<int[]> terms)
    {
        Columns = columns;
        _terms = [.. terms];
        _names = [.. _terms.Select(term => string.Join(' ', term.GroupBy(j => j).Select(factor => Power(columns[factor.Key], factor.Count()))))];
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gets the products: each lists the places of its factors in <see cref="Columns"/>, in rising order.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Terms => _terms;

    internal override Feature[] Apply(Feature[] features)
    {
        NumberFeature[] numbers = NumberFeature.All(features, nameof(Polynomial));
        var products = new NumberFeature[_terms.Length];
        for (int t = 0; t < products.Length; t++)
        {
            double[] product = numbers[_terms[t][0]].Values;
            foreach (int factor in _terms[t].Skip(1))
            {
                double[] longer = GC.AllocateUninitializedArray<double>(product.Length);
                TensorPrimitives.Multiply(product, numbers[factor].Values, longer);
                product = longer;
            }

            products[t] = new NumberFeature(_names[t], product, numbers[0].FirstRow);
        }

        return products;
    }

    private static string Power(string name, int exponent) => exponent == 1 ? name : FormattableString.Invariant($"{name}^{exponent}");
}
