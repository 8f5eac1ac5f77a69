namespace MlOps.Fairness.Mitigation;

/// <summary>The best mix of given classifiers: <c>min Σ err_j q_j + v/ε</c> with <c>Σ_j (γ_kj − ε) q_j ≤ v</c> for every k, <c>Σ q = 1</c>, <c>q, v ≥ 0</c>.</summary>
/// <remarks>The simplex method on a dense tableau; Bland's rule, so that it ends. A start is at hand: the first classifier alone.</remarks>
internal static class MixProgram
{
    private const double Rounding = 1e-11;

    /// <summary>The weights of the classifiers, and the multipliers of the constraints.</summary>
    internal static (double[] Mix, double[] Multipliers) Solve(IReadOnlyList<double> errors, IReadOnlyList<double[]> gammas, double epsilon)
    {
        int classifiers = errors.Count;
        int constraints = gammas[0].Length;
        int violation = classifiers; // columns: classifiers, v, one slack a constraint, right side
        int width = classifiers + 1 + constraints;
        var table = new double[constraints + 2][]; // rows: constraints, Σ q = 1, costs
        for (int k = 0; k < constraints; k++)
        {
            table[k] = new double[width + 1];
            for (int j = 0; j < classifiers; j++)
            {
                table[k][j] = gammas[j][k] - epsilon;
            }

            table[k][violation] = -1;
            table[k][classifiers + 1 + k] = 1;
        }

        table[constraints] = new double[width + 1];
        table[constraints + 1] = new double[width + 1];
        for (int j = 0; j < classifiers; j++)
        {
            table[constraints][j] = 1;
            table[constraints + 1][j] = errors[j];
        }

        table[constraints][width] = 1;
        table[constraints + 1][violation] = 1 / epsilon;
        int[] basis = [.. Enumerable.Range(classifiers + 1, constraints), 0];
        Pivot(table, basis, constraints, 0);
        int worst = 0;
        for (int k = 1; k < constraints; k++)
        {
            worst = table[k][width] < table[worst][width] ? k : worst;
        }

        if (table[worst][width] < 0)
        {
            Pivot(table, basis, worst, violation); // v takes up the worst violation: now every right side is ≥ 0
        }

        Improve(table, basis, width);
        var mix = new double[classifiers];
        for (int r = 0; r <= constraints; r++)
        {
            if (basis[r] < classifiers)
            {
                mix[basis[r]] = Math.Max(0, table[r][width]);
            }
        }

        double sum = mix.Sum();
        double[] multipliers = [.. Enumerable.Range(classifiers + 1, constraints).Select(c => Math.Max(0, table[constraints + 1][c]))];
        return (Array.ConvertAll(mix, q => q / sum), multipliers);
    }

    private static void Improve(double[][] table, int[] basis, int width)
    {
        double[] costs = table[^1];
        while (true)
        {
            int enter = Array.FindIndex(costs, 0, width, cost => cost < -Rounding);
            if (enter < 0)
            {
                return;
            }

            int leave = -1;
            for (int r = 0; r < basis.Length; r++)
            {
                if (table[r][enter] > Rounding && (leave < 0 || IsSooner(table, basis, r, leave, enter, width)))
                {
                    leave = r;
                }
            }

            if (leave < 0)
            {
                throw new InvalidOperationException("The program of mixes has no least value, though costs are not negative: a rate was not finite.");
            }

            Pivot(table, basis, leave, enter);
        }
    }

    /// <summary>Whether a row runs out before another when a column enters; of equals the one whose variable comes first.</summary>
    private static bool IsSooner(double[][] table, int[] basis, int row, int other, int enter, int width)
    {
        double mine = table[row][width] / table[row][enter];
        double theirs = table[other][width] / table[other][enter];
        return mine < theirs || (mine == theirs && basis[row] < basis[other]);
    }

    private static void Pivot(double[][] table, int[] basis, int row, int column)
    {
        double[] pivotRow = table[row];
        double pivot = pivotRow[column];
        for (int c = 0; c < pivotRow.Length; c++)
        {
            pivotRow[c] /= pivot;
        }

        for (int r = 0; r < table.Length; r++)
        {
            double factor = table[r][column];
            if (r == row || factor == 0)
            {
                continue;
            }

            for (int c = 0; c < pivotRow.Length; c++)
            {
                table[r][c] -= factor * pivotRow[c];
            }
        }

        basis[row] = column;
    }
}
