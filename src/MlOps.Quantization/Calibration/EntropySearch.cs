namespace MlOps.Quantization.Calibration;

/// <summary>The search behind <see cref="EntropyRange"/>.</summary>
internal static class EntropySearch
{
    /// <summary>The first bin of the range with the least divergence, and the one behind its last; all bins if no candidate has a finite one.</summary>
    /// <param name="counts">B bins on [−T, T].</param>
    /// <param name="below">Values below −T.</param>
    /// <param name="above">Values above T.</param>
    /// <param name="levels">L.</param>
    internal static (int Start, int End) Best(ReadOnlySpan<long> counts, long below, long above, int levels)
    {
        int middle = counts.Length / 2;
        double[] p = new double[counts.Length];
        double[] q = new double[counts.Length];
        double best = double.PositiveInfinity;
        (int Start, int End) range = (0, counts.Length);
        long left = below;
        long right = above;
        // From the widest to the narrowest, so that what falls out is added up once. Equal divergences: the narrowest, which a search from the other end finds first.
        for (int half = middle; half >= levels / 2; half--)
        {
            int start = Math.Max(0, middle - half);
            int end = Math.Min(counts.Length, middle + half + 1);
            if (half < middle)
            {
                left += start > 0 ? counts[start - 1] : 0;
                right += end < counts.Length ? counts[end] : 0;
            }

            double divergence = Divergence(counts[start..end], left, right, levels, p.AsSpan(0, end - start), q.AsSpan(0, end - start));
            if (divergence <= best && double.IsFinite(divergence))
            {
                (best, range) = (divergence, (start, end));
            }
        }

        return range;
    }

    private static double Divergence(ReadOnlySpan<long> bins, long left, long right, int levels, Span<double> p, Span<double> q)
    {
        for (int i = 0; i < bins.Length; i++)
        {
            p[i] = bins[i];
        }

        p[0] += left;
        p[^1] += right;
        q.Clear();
        int width = bins.Length / levels;
        for (int level = 0; level < levels; level++)
        {
            int start = level * width;
            int end = start + width;
            long sum = 0;
            int filled = 0;
            for (int i = start; i < end; i++)
            {
                sum += bins[i];
                filled += p[i] != 0 ? 1 : 0;
            }

            for (int i = end; level == levels - 1 && i < bins.Length; i++)
            {
                sum += bins[i];
            }

            q[start..end].Fill(filled > 0 ? sum / filled : 0); // a whole number
        }

        return Smooth(p) && Smooth(q) ? KullbackLeibler(p, q) : double.PositiveInfinity;
    }

    /// <summary>Gives every empty bin a little, taken from the others in equal parts; false if one of them cannot give it.</summary>
    private static bool Smooth(Span<double> bins)
    {
        int empty = bins.Count(0.0);
        int filled = bins.Length - empty;
        if (filled == 0)
        {
            return false;
        }

        double gift = EntropyRange.Smoothing * empty / filled;
        if (gift >= 1)
        {
            return false;
        }

        for (int i = 0; i < bins.Length; i++)
        {
            bins[i] = bins[i] == 0 ? EntropyRange.Smoothing : bins[i] - gift;
        }

        return true;
    }

    private static double KullbackLeibler(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sumP = 0;
        double sumQ = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sumP += p[i];
            sumQ += q[i];
        }

        double divergence = 0;
        for (int i = 0; i < p.Length; i++)
        {
            divergence += p[i] / sumP * Math.Log(p[i] / sumP / (q[i] / sumQ));
        }

        return divergence;
    }
}
