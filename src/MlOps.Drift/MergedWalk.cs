namespace MlOps.Drift;

/// <summary>What one walk along two sorted samples finds: the largest gap between their distribution functions and the area between them.</summary>
/// <param name="LargestGap">max |m · i − n · j|, i and j the counts of values passed: n · m times the Kolmogorov–Smirnov statistic, exactly.</param>
/// <param name="Location">The first value at which that gap occurs.</param>
/// <param name="Area">The area between the distribution functions, in the unit of the values.</param>
internal readonly record struct MergedWalk(long LargestGap, double Location, double Area)
{
    internal static MergedWalk Of(SortedSample reference, SortedSample current)
    {
        ReadOnlySpan<double> a = reference.Values;
        ReadOnlySpan<double> b = current.Values;
        long n = a.Length;
        long m = b.Length;
        double weight = 1 / ((double)n * m);

        // The gap is kept as the whole number m·i − n·j, so that ties and equal samples give exactly 0.
        long gap = 0;
        long largest = 0;
        double location = Math.Min(a[0], b[0]);
        double previous = location;
        double area = 0;
        int i = 0;
        int j = 0;
        while (i < a.Length || j < b.Length)
        {
            bool fromReference = j == b.Length || (i < a.Length && a[i] <= b[j]);
            double next = fromReference ? a[i] : b[j];
            if (next != previous)
            {
                // All values up to `previous` have been passed, ties included: here, and only here, the gap counts.
                long size = Math.Abs(gap);
                area += size == 0 ? 0 : size * weight * (next - previous); // not 0 · ∞ where the step exceeds the range of double
                if (size > largest)
                {
                    largest = size;
                    location = previous;
                }

                previous = next;
            }

            if (fromReference)
            {
                gap += m;
                i++;
            }
            else
            {
                gap -= n;
                j++;
            }
        }

        return new MergedWalk(largest, location, area);
    }
}
