using System.Runtime.Intrinsics;
using MathNet.Numerics.Integration;

namespace MlOps.Explain.Shapley;

/// <summary>Path-dependent tree SHAP: a feature that is not known goes both ways, as often as the training cases did.</summary>
/// <remarks>
/// The Shapley value of feature i of a leaf with value v and D features on the way to it is
/// <c>v · (oᵢ − zᵢ) · ∫₀¹ Πⱼ≠ᵢ (oⱼ t + zⱼ (1 − t)) dt</c>, with <c>oⱼ</c> the bit of the row and <c>zⱼ</c> the share of the training cases: the weight
/// |S|! (D − |S| − 1)! / D! of a coalition is <c>∫ t^|S| (1 − t)^(D − 1 − |S|) dt</c>. The integrand is a polynomial of degree D − 1, so Gauss's rule with
/// ⌈D / 2⌉ points has no error but rounding, and no term is negative: it gives what EXTEND and UNWIND of Algorithm 2 give, in a sum that cannot cancel.
/// <para>Sources: S. Lundberg et al., "From local explanations to global understanding with explainable AI for trees", Nature Machine Intelligence 2 (2020),
/// Algorithm 2; P. Yu et al., "Linear TreeShap", NeurIPS 2022, for the polynomials.</para>
/// </remarks>
internal sealed class CoverGame(DecisionPaths paths) : IPathGame
{
    private const int Lanes = 8;
    private const int MostChunks = (((DecisionPaths.MostFeatures + 1) / 2) + Lanes - 1) / Lanes;

    private static readonly Rule?[] s_rules = new Rule?[DecisionPaths.MostFeatures + 1];

    private readonly double[] _shares = new double[DecisionPaths.MostFeatures];
    private readonly Vector512<double>[] _known = new Vector512<double>[DecisionPaths.MostFeatures * MostChunks];
    private readonly Vector512<double>[] _inverse = new Vector512<double>[DecisionPaths.MostFeatures * MostChunks];
    private Rule _rule = RuleFor(1);
    private int _length;
    private double _value;

    /// <summary>Gauss's rule on [0, 1]: weights, 1 − t and its inverse, at points in chunks of eight; the last ones weigh 0.</summary>
    private sealed record Rule(Vector512<double>[] Points, Vector512<double>[] Weights, Vector512<double>[] Rest, Vector512<double>[] InverseRest);

    public void Enter(int path)
    {
        ReadOnlySpan<double> shares = paths.Shares(path);
        shares.CopyTo(_shares);
        _length = shares.Length;
        _value = paths.Value(path);
        _rule = RuleFor(Math.Max(1, _length));
        int chunks = _rule.Points.Length;
        for (int j = 0; j < _length; j++)
        {
            for (int c = 0; c < chunks; c++)
            {
                Vector512<double> known = _rule.Points[c] + (shares[j] * _rule.Rest[c]); // t lies within (0, 1): never 0
                _known[(j * chunks) + c] = known;
                _inverse[(j * chunks) + c] = Vector512<double>.One / known;
            }
        }
    }

    public void Amounts(long mask, Span<double> amounts)
    {
        Span<Vector512<double>> product = stackalloc Vector512<double>[_rule.Points.Length];
        double scale = _value * Product(mask, product);
        if (scale == 0)
        {
            amounts[.._length].Clear();
            return;
        }

        double unknown = -scale * Sum(product, _rule.InverseRest);
        for (int j = 0; j < _length; j++)
        {
            amounts[j] = (mask >> j & 1) != 0 ? scale * Gain(mask, j) * Sum(product, Without(mask, j)) : unknown;
        }
    }

    /// <summary>Adds Σ half the Shapley interaction index of every pair of the way's features to <paramref name="target"/>, d × d.</summary>
    /// <remarks><c>v · (oᵢ − zᵢ)(oⱼ − zⱼ) · ∫₀¹ Πₖ≠ᵢⱼ (oₖ t + zₖ (1 − t)) dt / 2</c>.</remarks>
    internal void AddInteractions(long mask, ReadOnlySpan<int> features, Span<double> target, int width)
    {
        Span<Vector512<double>> product = stackalloc Vector512<double>[_rule.Points.Length];
        double scale = _value * Product(mask, product);
        for (int i = 0; i < _length && scale != 0; i++)
        {
            ReadOnlySpan<Vector512<double>> first = Without(mask, i);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<Vector512<double>> second = Without(mask, j);
                Vector512<double> sum = Vector512<double>.Zero;
                for (int c = 0; c < product.Length; c++)
                {
                    sum += product[c] * first[c] * second[c];
                }

                double half = scale * Gain(mask, i) * Gain(mask, j) * Sum(sum) / 2;
                target[(features[i] * width) + features[j]] += half;
                target[(features[j] * width) + features[i]] += half;
            }
        }
    }

    /// <summary>What takes the factor of a feature out of the product, up to <see cref="Gain"/>.</summary>
    private ReadOnlySpan<Vector512<double>> Without(long mask, int j) =>
        (mask >> j & 1) != 0 ? _inverse.AsSpan(j * _rule.Points.Length, _rule.Points.Length) : _rule.InverseRest;

    /// <summary>o − z; where the feature leaves the way, its z is in the common part already.</summary>
    private double Gain(long mask, int j) => (mask >> j & 1) != 0 ? 1 - _shares[j] : -1;

    /// <summary>Fills in weight × Π factors at every point, and returns what all of them have in common: the shares of the features that leave the way.</summary>
    private double Product(long mask, Span<Vector512<double>> product)
    {
        _rule.Weights.CopyTo(product);
        double common = 1;
        for (int j = 0; j < _length; j++)
        {
            bool stays = (mask >> j & 1) != 0;
            common *= stays ? 1 : _shares[j];
            ReadOnlySpan<Vector512<double>> factor = stays ? _known.AsSpan(j * product.Length, product.Length) : _rule.Rest;
            for (int c = 0; c < product.Length; c++)
            {
                product[c] *= factor[c];
            }
        }

        return common;
    }

    private static double Sum(ReadOnlySpan<Vector512<double>> product, ReadOnlySpan<Vector512<double>> factor)
    {
        Vector512<double> sum = product[0] * factor[0];
        for (int c = 1; c < product.Length; c++)
        {
            sum += product[c] * factor[c];
        }

        return Sum(sum);
    }

    /// <summary>The sum of the lanes in one order on every machine.</summary>
    private static double Sum(Vector512<double> lanes)
    {
        Vector256<double> four = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    private static Rule RuleFor(int length) => s_rules[length] ??= Make((length + 1) / 2);

    private static Rule Make(int count)
    {
        var gauss = new GaussLegendreRule(0, 1, count);
        int chunks = (count + Lanes - 1) / Lanes;
        var rule = new Rule(new Vector512<double>[chunks], new Vector512<double>[chunks], new Vector512<double>[chunks], new Vector512<double>[chunks]);
        var points = new double[chunks * Lanes];
        var weights = new double[chunks * Lanes];
        Array.Fill(points, 0.5); // any point within: its weight is 0
        for (int q = 0; q < count; q++)
        {
            (points[q], weights[q]) = (gauss.GetAbscissa(q), gauss.GetWeight(q));
        }

        for (int c = 0; c < chunks; c++)
        {
            rule.Points[c] = Vector512.Create(points, c * Lanes);
            rule.Weights[c] = Vector512.Create(weights, c * Lanes);
            rule.Rest[c] = Vector512<double>.One - rule.Points[c];
            rule.InverseRest[c] = Vector512<double>.One / rule.Rest[c];
        }

        return rule;
    }
}
