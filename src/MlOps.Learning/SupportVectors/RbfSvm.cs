using MlOps.Learning.Linear;

namespace MlOps.Learning.SupportVectors;

/// <summary>Support vector machine with a Gaussian kernel: a case is scored by the training cases near it.</summary>
/// <remarks>
/// For two classes <c>f(x) = Σᵢ αᵢ tᵢ exp(−γ ‖xᵢ − x‖²) + b</c>, with α from <c>minimise over 0 ≤ αᵢ ≤ C vᵢ, Σ αᵢ tᵢ = 0: ½ Σᵢⱼ αᵢ αⱼ tᵢ tⱼ Kᵢⱼ − Σ αᵢ</c>, t = ±1, vᵢ
/// the weight of case i. More classes: one machine for each pair, which vote. Scale the columns first, for a distance adds them up.
/// <para>Sequential minimal optimisation; between O(n²) and O(n³). Equal bytes for any number of threads.</para>
/// <para>Sources: J. Platt, "Sequential Minimal Optimization" (1998); R.-E. Fan, P.-H. Chen, C.-J. Lin, "Working Set Selection Using Second Order Information
/// for Training Support Vector Machines", J. Mach. Learn. Res. 6 (2005) 1889–1918, as in LIBSVM.</para>
/// </remarks>
/// <param name="c">C &gt; 0, the charge for a case inside the margin.</param>
/// <param name="gamma">γ &gt; 0, the inverse squared reach of a case; without, <c>1 / (d · variance of all values of x)</c>, scikit-learn's "scale".</param>
/// <param name="tolerance">Stops when no pair of cases violates the optimality conditions by more than this; &gt; 0.</param>
/// <param name="maxIterations">Pairs to move at most for each machine, ≥ 1.</param>
/// <param name="cacheMegabytes">Memory for kernel values of each machine, ≥ 1.</param>
public sealed class RbfSvm(double c = 1, double? gamma = null, double tolerance = 1e-3, int maxIterations = 10_000_000, int cacheMegabytes = 200) : IClassifierEstimator
{
    /// <summary>Gets C, the charge for a case inside the margin.</summary>
    public double C { get; } = Guard.Positive(c);

    /// <summary>Gets γ; null to make it from the data.</summary>
    public double? Gamma { get; } = gamma is double given ? Guard.Positive(given, nameof(gamma)) : null;

    /// <summary>Gets the tolerance of the optimality conditions.</summary>
    public double Tolerance { get; } = Guard.Positive(tolerance);

    /// <summary>Gets the largest number of pairs to move for each machine.</summary>
    public int MaxIterations { get; } = Guard.AtLeast(maxIterations, 1);

    /// <summary>Gets the memory for kernel values of each machine, in MiB.</summary>
    public int CacheMegabytes { get; } = Guard.AtLeast(cacheMegabytes, 1);

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    /// <exception cref="ArgumentException">Besides: all values are equal, so that no γ can be made from them.</exception>
    public RbfSvmModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () => [("c", C), ("gamma", Gamma), ("tolerance", Tolerance), ("maxIterations", MaxIterations)]);
        Inputs.Finite(x);
        double reach = Gamma ?? ScaledGamma(x);
        var present = new PresentClasses(y, weights);
        (int First, int Second)[] pairs = [.. from a in Enumerable.Range(0, present.Count) from b in Enumerable.Range(a + 1, present.Count - a - 1) select (a, b)];
        var machines = new (int[] Rows, SequentialMinimalOptimization Solver)[pairs.Length];
        int done = 0;
        Parallel.For(0, pairs.Length, new ParallelOptions { CancellationToken = cancellationToken }, pair =>
        {
            int[] rows = [.. Enumerable.Range(0, y.Count).Where(i => (weights is null || weights[i] > 0) && (present.Numbers[i] == pairs[pair].First || present.Numbers[i] == pairs[pair].Second))];
            double[] signs = Array.ConvertAll(rows, i => present.Numbers[i] == pairs[pair].Second ? 1.0 : -1.0);
            double[] upper = Array.ConvertAll(rows, i => C * (weights?[i] ?? 1));
            var solver = new SequentialMinimalOptimization(x.Take(rows), signs, upper, reach, (long)CacheMegabytes << 20);
            solver.Solve(Tolerance, MaxIterations, cancellationToken);
            machines[pair] = (rows, solver);
            progress?.Report((double)Interlocked.Increment(ref done) / pairs.Length);
        });

        return notice.Fitted(Assemble(x, y, reach, [.. pairs.Select(pair => (present.Codes[pair.First], present.Codes[pair.Second]))], machines), x, y);
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);

    private static RbfSvmModel Assemble(Matrix x, Labels y, double gamma, (int First, int Second)[] pairs, (int[] Rows, SequentialMinimalOptimization Solver)[] machines)
    {
        int[] support = [.. machines.SelectMany(machine => machine.Rows.Where((_, i) => machine.Solver.Alpha[i] > 0)).Distinct().Order()];
        var place = new Dictionary<int, int>();
        for (int s = 0; s < support.Length; s++)
        {
            place.Add(support[s], s);
        }

        var coefficients = new double[pairs.Length * support.Length];
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            (int[] rows, SequentialMinimalOptimization solver) = machines[pair];
            for (int i = 0; i < rows.Length; i++)
            {
                if (solver.Alpha[i] > 0)
                {
                    coefficients[(pair * support.Length) + place[rows[i]]] = solver.Alpha[i] * solver.Signs[i];
                }
            }
        }

        return new RbfSvmModel(y.Classes, gamma, x.Take(support), support, pairs, new Matrix(pairs.Length, support.Length, coefficients),
            [.. machines.Select(machine => machine.Solver.Offset)], machines.Sum(machine => machine.Solver.Iterations), machines.All(machine => machine.Solver.Converged));
    }

    private static double ScaledGamma(Matrix x)
    {
        double mean = 0;
        double squares = 0;
        long count = 0;
        foreach (double value in x.Values)
        {
            count++;
            double difference = value - mean;
            mean += difference / count;
            squares += difference * (value - mean);
        }

        double gamma = 1 / (x.ColumnCount * (squares / count));
        return double.IsFinite(gamma) && gamma > 0
            ? gamma
            : throw new ArgumentException(FormattableString.Invariant($"The variance of all values is {squares / count}, so that no gamma can be made from it; give one."), nameof(x));
    }
}
