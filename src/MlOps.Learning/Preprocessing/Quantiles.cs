using System.Numerics;

namespace MlOps.Learning.Preprocessing;

/// <summary>Quantiles of sorted values, interpolated between neighbours.</summary>
internal static class Quantiles
{
    /// <summary>The value at position <c>q·(n − 1)</c>; definition 7 of R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages" (1996).</summary>
    /// <param name="sorted">n ≥ 1 values in rising order.</param>
    /// <param name="q">The share of values below, in [0, 1].</param>
    internal static double At(ReadOnlySpan<double> sorted, double q)
    {
        double position = q * (sorted.Length - 1);
        int below = Math.Min((int)position, sorted.Length - 1);
        double low = sorted[below];
        double high = sorted[Math.Min(below + 1, sorted.Length - 1)];
        double share = position - below;
        return share < 0.5 ? low + ((high - low) * share) : high - ((high - low) * (1 - share)); // exact at both ends
    }

    /// <summary>The median; of an even number of values the mean of the two in the middle. O(n) as a rule, O(n log n) at worst.</summary>
    /// <param name="values">n ≥ 1 values; left in another order.</param>
    internal static double Median(double[] values)
    {
        int middle = values.Length / 2;
        double upper = Select(values, middle);
        if (values.Length % 2 == 1)
        {
            return upper;
        }

        double lower = values[0];
        for (int i = 1; i < middle; i++)
        {
            lower = Math.Max(lower, values[i]);
        }

        return (lower + upper) / 2;
    }

    /// <summary>Puts the value that belongs to a place when sorted there, smaller ones before it, larger ones behind it.</summary>
    /// <remarks>C. A. R. Hoare's FIND (1961) with the median of three; where that makes no headway the rest is sorted.</remarks>
    private static double Select(double[] values, int place)
    {
        (int low, int high) = (0, values.Length - 1);
        for (int rounds = 2 * BitOperations.Log2((uint)values.Length); low < high; rounds--)
        {
            if (rounds < 0)
            {
                Array.Sort(values, low, high - low + 1);
                break;
            }

            (double a, double b, double c) = (values[low], values[low + ((high - low) / 2)], values[high]);
            double pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            (int left, int right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            if (place > right && place < left)
            {
                break; // equal to the pivot
            }

            (low, high) = place <= right ? (low, right) : (left, high);
        }

        return values[place];
    }

    /// <summary>The values that are there, sorted.</summary>
    /// <exception cref="ArgumentException">None is there.</exception>
    internal static double[] Sorted(NumberFeature feature, string step)
    {
        double[] present = feature.Present();
        if (present.Length == 0)
        {
            throw Empty(feature, step);
        }

        Array.Sort(present);
        return present;
    }

    internal static ArgumentException Empty(Feature feature, string step) =>
        new($"{step} cannot learn from column '{feature.Name}': all its values are missing. Leave the column out or impute a constant first.", nameof(feature));
}
