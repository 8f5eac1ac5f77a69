namespace MlOps.Drift.Multivariate;

/// <summary>Mann–Whitney statistics added up over folds.</summary>
/// <param name="Wins">Pairs in which the current row scores higher, ties counting half.</param>
/// <param name="Pairs">All pairs of a reference and a current row of one fold.</param>
/// <param name="Variance">The variance of <paramref name="Wins"/> if nothing differs.</param>
internal readonly record struct RankSum(double Wins, double Pairs, double Variance)
{
    internal double Auc => Wins / Pairs;

    internal double Excess => Wins - (Pairs / 2);

    internal RankSum Add(double[] scores, bool[] isCurrent) => Add(Of(scores, isCurrent));

    internal RankSum Add(RankSum fold) => new(Wins + fold.Wins, Pairs + fold.Pairs, Variance + fold.Variance);

    /// <summary>The statistic of one fold.</summary>
    internal static RankSum Of(double[] scores, bool[] isCurrent)
    {
        (double[] reference, double[] current) = Sorted(scores, isCurrent);
        double n = reference.Length;
        double m = current.Length;
        double total = n + m;
        double wins = 0;
        double ties = 0;
        int i = 0;
        for (int j = 0; i < reference.Length || j < current.Length;)
        {
            double value = j == current.Length || (i < reference.Length && reference[i] < current[j]) ? reference[i] : current[j];
            int below = i;
            int taken = j;
            while (i < reference.Length && reference[i] == value)
            {
                i++;
            }

            while (j < current.Length && current[j] == value)
            {
                j++;
            }

            wins += (j - taken) * (below + i) / 2.0; // those below count whole, those that tie half
            double size = i - below + j - taken;
            ties += (size * size * size) - size;
        }

        return new RankSum(wins, n * m, n * m / 12 * (total + 1 - (ties / (total * (total - 1)))));
    }

    private static (double[] Reference, double[] Current) Sorted(double[] scores, bool[] isCurrent)
    {
        double[] reference = new double[scores.Length];
        double[] current = new double[scores.Length];
        int n = 0;
        int m = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (isCurrent[i])
            {
                current[m++] = scores[i];
            }
            else
            {
                reference[n++] = scores[i];
            }
        }

        Array.Resize(ref reference, n);
        Array.Resize(ref current, m);
        RadixSort.Sort(reference);
        RadixSort.Sort(current);
        return (reference, current);
    }
}
