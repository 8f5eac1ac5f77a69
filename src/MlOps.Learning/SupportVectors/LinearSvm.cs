using MlOps.Learning.Linear;

namespace MlOps.Learning.SupportVectors;

/// <summary>Linear support vector machine: the plane with the widest margin, and a charge for each case inside it.</summary>
/// <remarks>
/// <c>minimise over w, b: ½ ‖w‖² + ½ b² + C Σᵢ vᵢ loss(tᵢ (w·xᵢ + b))</c>, t = ±1, vᵢ the weight of case i. As LIBLINEAR (scikit-learn's LinearSVC) does, the intercept is
/// penalised like the coefficient of a feature that is always 1. More than two classes: one plane a class against the rest. Scale the columns first: the
/// penalty depends on their units, and so, for this method, does the number of passes.
/// <para>Dual coordinate descent with shrinking; O(n · d) a pass.</para>
/// <para>Source: C.-J. Hsieh, K.-W. Chang, C.-J. Lin, S. S. Keerthi, S. Sundararajan, "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008.</para>
/// </remarks>
/// <param name="c">C &gt; 0, the charge for a case inside the margin.</param>
/// <param name="loss">How a case inside the margin is charged.</param>
/// <param name="maxEpochs">Passes over the cases at most, ≥ 1.</param>
/// <param name="tolerance">Stops when the projected gradients of the dual differ by no more than this; &gt; 0.</param>
/// <param name="seed">Of the order in which cases are visited.</param>
public sealed class LinearSvm(double c = 1, SvmLoss loss = SvmLoss.SquaredHinge, int maxEpochs = 1000, double tolerance = 1e-4, int seed = 0) : IClassifierEstimator
{
    /// <summary>Gets C, the charge for a case inside the margin.</summary>
    public double C { get; } = Guard.Positive(c);

    /// <summary>Gets how a case inside the margin is charged.</summary>
    public SvmLoss Loss { get; } = Enum.IsDefined(loss) ? loss : throw new ArgumentOutOfRangeException(nameof(loss), loss, "Unknown loss.");

    /// <summary>Gets the largest number of passes over the cases.</summary>
    public int MaxEpochs { get; } = Guard.AtLeast(maxEpochs, 1);

    /// <summary>Gets the tolerance of the projected gradients.</summary>
    public double Tolerance { get; } = Guard.Positive(tolerance);

    /// <summary>Gets the seed of the order of the cases.</summary>
    public int Seed { get; } = seed;

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    public LinearSvmModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () => [("c", C), ("loss", Loss), ("maxEpochs", MaxEpochs), ("tolerance", Tolerance), ("seed", Seed)]);
        Inputs.Finite(x);
        RejectHuge(x);
        int d = x.ColumnCount;
        var classes = new PresentClasses(y, weights);
        int planes = classes.Count == 2 ? 1 : classes.Count;
        var w = new double[planes * d];
        var b = new double[planes];
        var epochs = new int[planes];
        var converged = new bool[planes];
        int done = 0;
        Parallel.For(0, planes, new ParallelOptions { CancellationToken = cancellationToken }, plane =>
        {
            int positive = planes == 1 ? 1 : plane;
            var solver = new DualCoordinateDescent(x, i => classes.Numbers[i] == positive, weights, C, Loss);
            (epochs[plane], converged[plane]) = solver.Solve(MaxEpochs, Tolerance, Seed, cancellationToken);
            solver.Coefficients.CopyTo(w, plane * d);
            b[plane] = solver.Intercept;
            progress?.Report((double)Interlocked.Increment(ref done) / planes);
        });

        (w, b) = classes.Spread(y.Classes.Count, d, w, b, first: -1);
        return notice.Fitted(new LinearSvmModel(y.Classes, new Matrix(b.Length, d, w, x.ColumnNames), b, epochs.Max(), converged.All(done => done)), x, y);
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);

    private static void RejectHuge(Matrix x)
    {
        for (int i = 0; i < x.RowCount; i++)
        {
            double square = FixedOrder.Dot(x.Row(i), x.Row(i));
            if (!double.IsFinite(square))
            {
                throw new DivergenceException("linear support vector machine", 1, square, $"The values of row {i} are too large to be squared: scale the columns first.");
            }
        }
    }
}
