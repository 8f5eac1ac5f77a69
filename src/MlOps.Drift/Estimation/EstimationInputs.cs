namespace MlOps.Drift.Estimation;

/// <summary>Checks that the parts of this folder share.</summary>
internal static class EstimationInputs
{
    internal static void Finite(ReadOnlySpan<double> values, string name)
    {
        int nan = 0, infinite = 0;
        foreach (double value in values)
        {
            nan += double.IsNaN(value) ? 1 : 0;
            infinite += double.IsInfinity(value) ? 1 : 0;
        }

        if (nan + infinite > 0)
        {
            throw new ArgumentException($"{name} needs finite numbers; of its {values.Length} values {nan} are NaN and {infinite} infinite. Leave missing values out first.", name);
        }
    }

    internal static void SameLength(int expected, int actual, string of, string name)
    {
        if (expected != actual)
        {
            throw new ArgumentException($"{name} needs one value for each of the {expected} {of}; it has {actual}.", name);
        }
    }

    internal static void NotEmpty(int count, string name)
    {
        if (count == 0)
        {
            throw new ArgumentException($"{name} needs at least one value; it has none.", name);
        }
    }

    internal static bool AreProbabilities(ReadOnlySpan<double> scores)
    {
        foreach (double score in scores)
        {
            if (score is < 0 or > 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A nominal coverage: strictly between 0 and 1.</summary>
    internal static double Confidence(double value, string name) => value is > 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} must be strictly between 0 and 1; got {value}."));

    /// <summary>The seed of one of many replicates: independent of the thread that runs it.</summary>
    internal static int ReplicateSeed(int seed, int replicate) => unchecked((seed * 1_000_003) + (replicate * 7919) + 1);
}
