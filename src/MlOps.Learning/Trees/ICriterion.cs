namespace MlOps.Learning.Trees;

/// <summary>What a split is judged by. Cases are summed up in <see cref="Width"/> numbers; costs are impurity × weight.</summary>
/// <remarks>A struct, so that the compiler makes a version of each grower with these few lines inlined in its inner loops.</remarks>
internal interface ICriterion
{
    int Width { get; }

    /// <summary>How many numbers a node predicts.</summary>
    int OutputCount { get; }

    void Add(Span<double> sums, double target, double weight);

    double Weight(ReadOnlySpan<double> sums);

    double Cost(ReadOnlySpan<double> sums);

    /// <summary>Cost of the left part and of the rest.</summary>
    double Cost(ReadOnlySpan<double> total, ReadOnlySpan<double> left);

    /// <summary>Whether nothing is left to separate.</summary>
    bool IsPure(ReadOnlySpan<double> sums);

    void Predict(ReadOnlySpan<double> sums, Span<double> value);
}

/// <summary>Gini impurity; the sums are the weights of the K classes.</summary>
internal readonly struct GiniCriterion(int classes) : ICriterion
{
    public int Width => classes;

    public int OutputCount => classes;

    public void Add(Span<double> sums, double target, double weight) => sums[(int)target] += weight;

    public double Weight(ReadOnlySpan<double> sums) => Shares.Total(sums);

    public double Cost(ReadOnlySpan<double> sums)
    {
        double weight = 0;
        double squares = 0;
        foreach (double sum in sums)
        {
            weight += sum;
            squares += sum * sum;
        }

        return weight - (squares / weight);
    }

    public double Cost(ReadOnlySpan<double> total, ReadOnlySpan<double> left)
    {
        double leftWeight = 0;
        double leftSquares = 0;
        double rightWeight = 0;
        double rightSquares = 0;
        for (int c = 0; c < left.Length && c < total.Length; c++)
        {
            double l = left[c];
            double r = total[c] - l;
            leftWeight += l;
            leftSquares += l * l;
            rightWeight += r;
            rightSquares += r * r;
        }

        return leftWeight - (leftSquares / leftWeight) + (rightWeight - (rightSquares / rightWeight));
    }

    public bool IsPure(ReadOnlySpan<double> sums) => Shares.OneOnly(sums);

    public void Predict(ReadOnlySpan<double> sums, Span<double> value) => Shares.Of(sums, value);
}

/// <summary>Entropy in bits; the sums are the weights of the K classes.</summary>
internal readonly struct EntropyCriterion(int classes) : ICriterion
{
    public int Width => classes;

    public int OutputCount => classes;

    public void Add(Span<double> sums, double target, double weight) => sums[(int)target] += weight;

    public double Weight(ReadOnlySpan<double> sums) => Shares.Total(sums);

    public double Cost(ReadOnlySpan<double> sums)
    {
        double weight = 0;
        double cost = 0;
        foreach (double sum in sums)
        {
            weight += sum;
            cost -= sum > 0 ? sum * Math.Log2(sum) : 0;
        }

        return cost + (weight * Math.Log2(weight)); // W · (−Σ p log p) with p = sum / W
    }

    public double Cost(ReadOnlySpan<double> total, ReadOnlySpan<double> left)
    {
        double leftWeight = 0;
        double rightWeight = 0;
        double cost = 0;
        for (int c = 0; c < left.Length; c++)
        {
            double l = left[c];
            double r = total[c] - l;
            leftWeight += l;
            rightWeight += r;
            cost -= l > 0 ? l * Math.Log2(l) : 0;
            cost -= r > 0 ? r * Math.Log2(r) : 0;
        }

        return cost + (leftWeight * Math.Log2(leftWeight)) + (rightWeight * Math.Log2(rightWeight));
    }

    public bool IsPure(ReadOnlySpan<double> sums) => Shares.OneOnly(sums);

    public void Predict(ReadOnlySpan<double> sums, Span<double> value) => Shares.Of(sums, value);
}

/// <summary>Variance around the mean; the sums are w, w·y and w·y² of targets from which the overall mean was taken.</summary>
internal readonly struct SquaredErrorCriterion(double mean) : ICriterion
{
    // Below this share of Σ w·y² the variance is what rounding has left of equal targets.
    private const double Rounding = 1e-13;

    public int Width => 3;

    public int OutputCount => 1;

    public void Add(Span<double> sums, double target, double weight)
    {
        double centred = target - mean;
        sums[2] += weight * centred * centred;
        sums[1] += weight * centred;
        sums[0] += weight;
    }

    public double Weight(ReadOnlySpan<double> sums) => sums[0];

    public double Cost(ReadOnlySpan<double> sums) => Math.Max(0, sums[2] - (sums[1] * sums[1] / sums[0]));

    public double Cost(ReadOnlySpan<double> total, ReadOnlySpan<double> left)
    {
        double rightSum = total[1] - left[1];
        return total[2] - (left[1] * left[1] / left[0]) - (rightSum * rightSum / (total[0] - left[0]));
    }

    public bool IsPure(ReadOnlySpan<double> sums) => Cost(sums) <= Rounding * sums[2];

    public void Predict(ReadOnlySpan<double> sums, Span<double> value) => value[0] = mean + (sums[1] / sums[0]);
}

/// <summary>What the criteria for classes have in common.</summary>
file static class Shares
{
    internal static double Total(ReadOnlySpan<double> sums)
    {
        double total = 0;
        foreach (double sum in sums)
        {
            total += sum;
        }

        return total;
    }

    internal static bool OneOnly(ReadOnlySpan<double> sums)
    {
        int present = 0;
        foreach (double sum in sums)
        {
            present += sum > 0 ? 1 : 0;
        }

        return present == 1;
    }

    internal static void Of(ReadOnlySpan<double> sums, Span<double> shares)
    {
        double total = Total(sums);
        for (int c = 0; c < sums.Length; c++)
        {
            shares[c] = sums[c] / total;
        }
    }
}
