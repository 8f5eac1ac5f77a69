using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace MlOps.Explain.Shapley;

/// <summary>The weighted regression of Kernel SHAP: from what coalitions are worth to what players are worth.</summary>
/// <remarks>
/// Minimises <c>Σ w_S (v(S) − v(∅) − Σ_{j∈S} φⱼ)²</c> under <c>Σ φⱼ = v(all) − v(∅)</c> by substituting the last player. The minimum is linear in the values of the coalitions,
/// so that one solution of the normal equations serves all rows with as many players.
/// <para>Source: S. M. Lundberg, S.-I. Lee, "A Unified Approach to Interpreting Model Predictions", NIPS 2017, theorem 2.</para>
/// </remarks>
internal sealed class CoalitionRegression
{
    private readonly CoalitionPlan _plan;

    /// <summary>One row a coalition: what a unit of its value adds to each player.</summary>
    private readonly double[] _effects;

    internal CoalitionRegression(CoalitionPlan plan)
    {
        _plan = plan;
        int players = Players;
        int unknowns = players - 1;
        Coalitions coalitions = plan.Coalitions;
        var design = new double[checked(coalitions.Count * unknowns)];
        var normal = new double[unknowns * unknowns];
        for (int k = 0; k < coalitions.Count; k++)
        {
            Span<double> z = design.AsSpan(k * unknowns, unknowns);
            ReadOnlySpan<ulong> coalition = coalitions[k];
            double last = Coalitions.Contains(coalition, unknowns) ? 1 : 0;
            for (int j = 0; j < unknowns; j++)
            {
                z[j] = (Coalitions.Contains(coalition, j) ? 1 : 0) - last;
            }

            for (int j = 0; j < unknowns; j++)
            {
                if (z[j] != 0)
                {
                    AddScaled(plan.Weights[k] * z[j], z[j..], normal.AsSpan((j * unknowns) + j, unknowns - j)); // the upper triangle
                }
            }
        }

        _effects = new double[coalitions.Count * players];
        Action<Span<double>> solve = Solver(normal, unknowns);
        for (int k = 0; k < coalitions.Count; k++)
        {
            Span<double> effect = _effects.AsSpan(k * players, players);
            TensorPrimitives.Multiply(design.AsSpan(k * unknowns, unknowns), plan.Weights[k], effect);
            solve(effect[..unknowns]);
            double sum = 0;
            foreach (double part in effect[..unknowns])
            {
                sum += part;
            }

            effect[unknowns] = -sum;
        }
    }

    private int Players => _plan.Coalitions.Players;

    /// <summary>The players' values.</summary>
    /// <param name="worth">v of every coalition of the plan.</param>
    /// <param name="none">v of nobody.</param>
    /// <param name="all">v of everybody.</param>
    internal double[] Solve(ReadOnlySpan<double> worth, double none, double all)
    {
        var shares = new double[Players];
        for (int k = 0; k < worth.Length; k++)
        {
            double substituted = Coalitions.Contains(_plan.Coalitions[k], Players - 1) ? all - none : 0;
            AddScaled(worth[k] - none - substituted, _effects.AsSpan(k * Players, Players), shares);
        }

        shares[^1] += all - none;
        return shares;
    }

    /// <summary>How far sampling coalitions may have moved each share: its standard error.</summary>
    /// <remarks>
    /// The sandwich estimate over draws, a draw being a coalition with its complement: <c>√(n / (n − 1) Σ_d (h_d − h̄)²)</c>, h_d what the residuals of draw d add to the share.
    /// 0 when every coalition was asked. It says nothing about the choice of the background.
    /// </remarks>
    internal double[] Errors(ReadOnlySpan<double> worth, double none, ReadOnlySpan<double> shares)
    {
        var mean = new double[Players];
        var squares = new double[Players];
        double draws = 0;
        Span<double> influence = new double[Players];
        for (int k = _plan.Enumerated; k < worth.Length; k++)
        {
            int partner = _plan.Partners[k];
            if (partner >= 0 && partner < k)
            {
                continue; // counted with its partner
            }

            influence.Clear();
            AddScaled(Residual(k, worth[k] - none, shares), _effects.AsSpan(k * Players, Players), influence);
            if (partner >= 0)
            {
                AddScaled(Residual(partner, worth[partner] - none, shares), _effects.AsSpan(partner * Players, Players), influence);
            }

            double count = _plan.Draws[k];
            draws += count;
            for (int j = 0; j < influence.Length; j++)
            {
                mean[j] += influence[j];
                squares[j] += influence[j] * influence[j] / count; // count draws of influence / count each
            }
        }

        var errors = new double[Players];
        for (int j = 0; j < errors.Length && draws > 1; j++)
        {
            errors[j] = Math.Sqrt(Math.Max(0, (squares[j] - (mean[j] * mean[j] / draws)) * draws / (draws - 1)));
        }

        return errors;
    }

    private double Residual(int coalition, double worth, ReadOnlySpan<double> shares)
    {
        ReadOnlySpan<ulong> members = _plan.Coalitions[coalition];
        double expected = 0;
        for (int j = 0; j < shares.Length; j++)
        {
            expected += Coalitions.Contains(members, j) ? shares[j] : 0;
        }

        return worth - expected;
    }

    /// <summary>y ← y + factor · x, element by element: the same bits whatever the width of the machine's registers.</summary>
    private static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.FusedMultiplyAdd(x, factor, y, y);

    /// <summary>Cholesky's decomposition of the upper triangle; where there are too few coalitions for one, the shortest solution.</summary>
    private static Action<Span<double>> Solver(double[] normal, int n)
    {
        const double Breakdown = 1e-12; // a pivot below this share of its diagonal entry is rounding
        double[] upper = [.. normal];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = upper.AsSpan((i * n) + i, n - i);
            if (!(row[0] > Breakdown * normal[(i * n) + i]))
            {
                return ShortestSolver(normal, n);
            }

            TensorPrimitives.Divide(row, Math.Sqrt(row[0]), row);
            for (int j = 1; j < row.Length; j++)
            {
                AddScaled(-row[j], row[j..], upper.AsSpan(((i + j) * n) + i + j, n - i - j));
            }
        }

        var lower = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                lower[(j * n) + i] = upper[(i * n) + j];
            }
        }

        return b =>
        {
            for (int i = 0; i < n; i++)
            {
                b[i] /= upper[(i * n) + i];
                AddScaled(-b[i], upper.AsSpan((i * n) + i + 1, n - i - 1), b[(i + 1)..]);
            }

            for (int i = n - 1; i >= 0; i--)
            {
                b[i] /= lower[(i * n) + i];
                AddScaled(-b[i], lower.AsSpan(i * n, i), b[..i]);
            }
        };
    }

    private static Action<Span<double>> ShortestSolver(double[] normal, int n)
    {
        const double Rank = 1e-10; // an eigenvalue below this share of the largest is rounding
        var full = Matrix<double>.Build.Dense(n, n, (i, j) => normal[(Math.Min(i, j) * n) + Math.Max(i, j)]);
        var evd = full.Evd(Symmetricity.Symmetric);
        double largest = evd.EigenValues.Real().Maximum();
        Vector<double> inverse = evd.EigenValues.Real().Map(value => value > Rank * largest ? 1 / value : 0);
        Matrix<double> pseudo = evd.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(inverse) * evd.EigenVectors.Transpose();
        return b => (pseudo * Vector<double>.Build.DenseOfArray(b.ToArray())).AsArray().CopyTo(b);
    }
}
