using MathNet.Numerics;

namespace MlOps.Fairness.Proxies;

/// <summary>Counts of levels by groups, and the measures of association made of them.</summary>
internal sealed class Contingency
{
    private readonly long[,] _cells;
    private readonly long[] _levels;
    private readonly long[] _groups;

    private Contingency(long[,] cells)
    {
        _cells = cells;
        _levels = new long[cells.GetLength(0)];
        _groups = new long[cells.GetLength(1)];
        for (int x = 0; x < _levels.Length; x++)
        {
            for (int a = 0; a < _groups.Length; a++)
            {
                _levels[x] += cells[x, a];
                _groups[a] += cells[x, a];
            }
        }

        Total = _levels.Sum();
        Rows = _levels.Count(count => count > 0);
        Columns = _groups.Count(count => count > 0);
    }

    internal long Total { get; }

    /// <summary>The levels that occur.</summary>
    internal int Rows { get; }

    /// <summary>The groups that occur.</summary>
    internal int Columns { get; }

    /// <summary>H(A) in nats.</summary>
    internal double GroupEntropy => -_groups.Where(count => count > 0).Sum(count => (double)count / Total * Math.Log((double)count / Total));

    /// <summary>Σ p ln(p / (p p)) over the occupied cells; 0 for an empty table.</summary>
    internal double MutualInformation
    {
        get
        {
            double information = 0;
            ForOccupied((count, level, group) => information += (double)count / Total * Math.Log((double)count * Total / ((double)level * group)));
            return Math.Max(information, 0); // rounding may leave −1e-17
        }
    }

    internal double CorrectedMutualInformation
    {
        get
        {
            int occupied = 0;
            ForOccupied((_, _, _) => occupied++);
            return MutualInformation + ((Rows + Columns - occupied - 1) / (2.0 * Total));
        }
    }

    /// <summary>Pearson's χ² over the levels and groups that occur.</summary>
    internal double ChiSquare
    {
        get
        {
            double sum = 0; // Σ n² / (row · column) over occupied cells, less 1, times n: the same as Σ (n − e)² / e
            ForOccupied((count, level, group) => sum += (double)count / level * ((double)count / group));
            return Math.Max((sum - 1) * Total, 0);
        }
    }

    internal double? CramersV => Math.Min(Rows, Columns) < 2 ? null : Math.Sqrt(ChiSquare / (Total * (double)(Math.Min(Rows, Columns) - 1)));

    internal double? CorrectedCramersV
    {
        get
        {
            if (Math.Min(Rows, Columns) < 2)
            {
                return null;
            }

            double phi = Math.Max(0, (ChiSquare / Total) - ((Rows - 1.0) * (Columns - 1.0) / (Total - 1.0)));
            double rows = Rows - ((Rows - 1.0) * (Rows - 1.0) / (Total - 1.0));
            double columns = Columns - ((Columns - 1.0) * (Columns - 1.0) / (Total - 1.0));
            double limit = Math.Min(rows, columns) - 1;
            return limit <= 0 ? 0 : Math.Min(1, Math.Sqrt(phi / limit)); // limit is 0 when every row has a level of its own
        }
    }

    internal double? PValue => Math.Min(Rows, Columns) < 2
        ? null
        : SpecialFunctions.GammaUpperRegularized((Rows - 1.0) * (Columns - 1.0) / 2, ChiSquare / 2);

    /// <summary>Counts rows; those with a code below 0 on either side are left out.</summary>
    internal static Contingency Of(ReadOnlySpan<int> levels, int levelCount, ReadOnlySpan<int> groups, int groupCount)
    {
        var cells = new long[levelCount, groupCount];
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i] >= 0 && groups[i] >= 0)
            {
                cells[levels[i], groups[i]]++;
            }
        }

        return new Contingency(cells);
    }

    /// <summary>I(X; A | Y): the information within every stratum, weighted by its share of the rows.</summary>
    internal static double ConditionalInformation(ReadOnlySpan<int> levels, int levelCount, ReadOnlySpan<int> groups, int groupCount, ReadOnlySpan<int> strata, int strataCount)
    {
        var cells = new long[strataCount][,];
        for (int y = 0; y < strataCount; y++)
        {
            cells[y] = new long[levelCount, groupCount];
        }

        for (int i = 0; i < levels.Length; i++)
        {
            cells[strata[i]][levels[i], groups[i]]++;
        }

        double information = 0;
        foreach (long[,] stratum in cells)
        {
            var table = new Contingency(stratum);
            information += table.Total == 0 ? 0 : (double)table.Total / levels.Length * table.MutualInformation;
        }

        return information;
    }

    private void ForOccupied(Action<long, long, long> visit)
    {
        for (int x = 0; x < _levels.Length; x++)
        {
            for (int a = 0; a < _groups.Length; a++)
            {
                if (_cells[x, a] > 0)
                {
                    visit(_cells[x, a], _levels[x], _groups[a]);
                }
            }
        }
    }
}
