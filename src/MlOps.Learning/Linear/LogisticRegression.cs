namespace MlOps.Learning.Linear;

/// <summary>Logistic regression: the probability of a class is a smooth step along a linear score.</summary>
/// <remarks>
/// Two classes: <c>minimise over w, b: ½ λ ‖w‖² + Σᵢ vᵢ ln(1 + exp(−tᵢ (xᵢ·w + b)))</c>, t = ±1, vᵢ the weight of case i. Three or more: one wₖ, bₖ a class and
/// <c>½ λ Σₖ ‖wₖ‖² − Σᵢ vᵢ ln softmax(xᵢ·W + b)[yᵢ]</c>. The intercept is not penalised. The penalty depends on the units of the columns, as in scikit-learn,
/// whose C is 1/λ; how well the fit converges does not, since it works on standardised columns inside.
/// <para>L-BFGS on top of the Hessian, which is computed at the start and after every few large steps where it has at most 1024 rows; beyond that its block at 0,
/// and beyond 1024 features its diagonal. Equal bytes for any number of threads.</para>
/// <para>Source: J. Nocedal, S. J. Wright, Numerical Optimization (2006), chapter 7.</para>
/// </remarks>
/// <param name="l2">λ ≥ 0. With 0 there is no optimum if a plane separates the classes.</param>
/// <param name="maxIterations">Steps at most, ≥ 1.</param>
/// <param name="tolerance">Stops when the next step would move no standardised coefficient by more than this, relative to the largest of them or 1; &gt; 0. That step is still taken.</param>
public sealed class LogisticRegression(double l2 = 1, int maxIterations = 200, double tolerance = 1e-6) : IClassifierEstimator
{
    private const string Name = "logistic regression";

    /// <summary>Above this many parameters their Hessian costs more than it saves.</summary>
    private const int LargestHessian = 1024;

    /// <summary>Steps after which the Hessian has moved enough to be worth computing again.</summary>
    private const int StepsPerHessian = 4;

    /// <summary>After a step this small, relative to the parameters, the Hessian has hardly moved: it is kept three times as long.</summary>
    private const double SmallStep = 1e-3;

    private const int SmallestStepHalvings = 40;

    /// <summary>Gets λ, the weight of the penalty; scikit-learn's 1/C.</summary>
    public double L2 { get; } = Guard.NonNegative(l2);

    /// <summary>Gets the largest number of steps.</summary>
    public int MaxIterations { get; } = Guard.AtLeast(maxIterations, 1);

    /// <summary>Gets the tolerance of the last step.</summary>
    public double Tolerance { get; } = Guard.Positive(tolerance);

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    /// <exception cref="ArgumentException">Besides: without a penalty, a column is constant or a combination of others.</exception>
    /// <exception cref="DivergenceException">Besides: without a penalty, a plane separates the classes, so that the coefficients grow without end.</exception>
    public LogisticRegressionModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () => [("l2", L2), ("maxIterations", MaxIterations), ("tolerance", Tolerance)]);
        Inputs.Finite(x);
        var classes = new PresentClasses(y, weights);
        var problem = new LogisticProblem(x, classes.Numbers, classes.Count, weights, L2, cancellationToken);
        RejectConstant(x, problem);
        (double[] parameters, int iterations, bool converged) = Minimise(problem, x, progress);
        (double[] coefficients, double[] intercepts) = problem.InOriginalUnits(parameters);
        (coefficients, intercepts) = classes.Spread(y.Classes.Count, x.ColumnCount, coefficients, intercepts, first: 0);
        var rows = new Matrix(intercepts.Length, x.ColumnCount, coefficients, x.ColumnNames);
        progress?.Report(1);
        return notice.Fitted(new LogisticRegressionModel(y.Classes, rows, intercepts, iterations, converged), x, y);
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);

    private (double[] Parameters, int Iterations, bool Converged) Minimise(LogisticProblem problem, Matrix x, IProgress<double>? progress)
    {
        int size = problem.Scores * problem.Stride;
        bool exact = size <= LargestHessian;
        var parameters = new double[size];
        var gradient = new double[size];
        double loss = Finite(problem.Evaluate(parameters, gradient), 0);
        Action<double[]> guess = exact ? _ => { } : BlockGuess(problem);
        var memory = new LimitedMemory();
        int age = int.MaxValue; // steps since the Hessian was computed
        bool small = false;
        for (int step = 1; step <= MaxIterations; step++)
        {
            if (exact && age >= (small ? 3 * StepsPerHessian : StepsPerHessian))
            {
                guess = Exact(problem, parameters, x, first: step == 1);
                memory.Clear();
                age = 0;
            }

            double[] direction = memory.Direction(gradient, guess);
            if (Largest(direction) <= Tolerance * Math.Max(1, Largest(parameters)))
            {
                FixedOrder.AddScaled(1, direction, parameters);
                return (parameters, step, true);
            }

            double[]? next = Search(problem, parameters, direction, gradient, ref loss, step, out double[] newGradient);
            if (next is null)
            {
                return (parameters, step, false); // rounding leaves nothing to gain
            }

            if (L2 == 0 && problem.Separated)
            {
                throw new DivergenceException(Name, step, loss, "A plane separates the classes, so that without a penalty the coefficients grow without end: use l2 > 0.");
            }

            double[] moved = Difference(next, parameters);
            memory.Add(moved, Difference(newGradient, gradient));
            small = Largest(moved) <= SmallStep * Math.Max(1, Largest(next));
            age++;
            (parameters, gradient) = (next, newGradient);
            progress?.Report((double)step / MaxIterations);
        }

        return (parameters, MaxIterations, false);
    }

    /// <summary>Halves the step until the loss falls enough; null if it does not.</summary>
    private static double[]? Search(LogisticProblem problem, double[] from, double[] direction, double[] gradient, ref double loss, int step, out double[] newGradient)
    {
        const double EnoughOfSlope = 1e-4;
        const double Rounding = 1e-13; // of the loss, a sum over all cases
        double slope = FixedOrder.Dot(gradient, direction);
        newGradient = new double[from.Length];
        double length = 1;
        for (int halving = 0; halving < SmallestStepHalvings; halving++, length /= 2)
        {
            double[] next = [.. from];
            FixedOrder.AddScaled(length, direction, next);
            double trial = problem.Evaluate(next, newGradient);
            bool falls = trial <= loss + (EnoughOfSlope * length * slope);
            bool flattens = trial <= loss + (Rounding * Math.Abs(loss)) && Math.Abs(FixedOrder.Dot(newGradient, direction)) < 0.9 * Math.Abs(slope);
            if (falls || flattens)
            {
                loss = Finite(trial, step);
                return next;
            }
        }

        return double.IsFinite(slope) ? null : throw Diverged(step, slope);
    }

    private Action<double[]> Exact(LogisticProblem problem, double[] parameters, Matrix x, bool first)
    {
        int size = parameters.Length;
        var factor = new CholeskyFactor(problem.Hessian(parameters), size);
        if (first && L2 == 0 && factor.FirstSingular is int row && row % problem.Stride < x.ColumnCount)
        {
            throw new ArgumentException($"Column '{x.ColumnNames[row % problem.Stride]}' is a linear combination of columns before it, so that without a penalty the coefficients are not unique. Drop it or use l2 > 0.", nameof(x));
        }

        return vector => factor.Solve(vector);
    }

    private static Action<double[]> BlockGuess(LogisticProblem problem)
    {
        int stride = problem.Stride;
        double[] block = problem.BlockAtZero();
        if (stride > LargestHessian)
        {
            return vector =>
            {
                for (int i = 0; i < vector.Length; i++)
                {
                    vector[i] /= block[(i % stride * stride) + (i % stride)];
                }
            };
        }

        var factor = new CholeskyFactor(block, stride);
        return vector =>
        {
            for (int k = 0; k < problem.Scores; k++)
            {
                factor.Solve(vector.AsSpan(k * stride, stride));
            }
        };
    }

    private void RejectConstant(Matrix x, LogisticProblem problem)
    {
        int constant = Array.IndexOf(problem.Constant, true);
        if (L2 == 0 && constant >= 0)
        {
            throw new ArgumentException($"Column '{x.ColumnNames[constant]}' is constant, so that without a penalty its coefficient cannot be told from the intercept. Drop it or use l2 > 0.", nameof(x));
        }
    }

    private static double Finite(double loss, int step) => double.IsFinite(loss) ? loss : throw Diverged(step, loss);

    private static DivergenceException Diverged(int step, double loss) => new(Name, step, loss, "Values this large cannot be squared: scale the columns first.");

    private static double[] Difference(double[] a, double[] b)
    {
        double[] difference = [.. a];
        FixedOrder.AddScaled(-1, b, difference);
        return difference;
    }

    private static double Largest(double[] values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
