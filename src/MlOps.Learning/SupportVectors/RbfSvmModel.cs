namespace MlOps.Learning.SupportVectors;

/// <summary>A fitted support vector machine with a Gaussian kernel. Its scores are not probabilities.</summary>
/// <remarks>Two classes: the scores are (−f, f). More: the votes of a class plus, to break ties, <c>s / (3 (|s| + 1))</c> with s the sum of its decision values, as
/// scikit-learn's <c>decision_function</c>; the class with the highest is predicted (there: <c>break_ties=True</c>).</remarks>
public sealed class RbfSvmModel : IClassifier
{
    private const int BlockRows = 64;

    private readonly RowPanels _panels;

    internal RbfSvmModel(IReadOnlyList<string> classes, double gamma, Matrix supportVectors, int[] supportRows, (int First, int Second)[] pairs, Matrix coefficients, double[] intercepts, int iterations, bool converged)
    {
        Classes = classes;
        Gamma = gamma;
        SupportVectors = supportVectors;
        SupportRows = supportRows;
        Pairs = pairs;
        DualCoefficients = coefficients;
        Intercepts = intercepts;
        Iterations = iterations;
        Converged = converged;
        _panels = new RowPanels(supportVectors.Values, supportVectors.RowCount, supportVectors.ColumnCount);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => SupportVectors.ColumnNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets γ.</summary>
    public double Gamma { get; }

    /// <summary>Gets the cases that support the margin of some machine; a row each.</summary>
    public Matrix SupportVectors { get; }

    /// <summary>Gets which rows of the training data the support vectors are, ascending.</summary>
    public IReadOnlyList<int> SupportRows { get; }

    /// <summary>Gets the codes of the two classes of each machine; a positive decision value speaks for the second.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs { get; }

    /// <summary>Gets αᵢ tᵢ: one row a machine, one column a support vector; 0 where it does not take part.</summary>
    public Matrix DualCoefficients { get; }

    /// <summary>Gets b, one a machine.</summary>
    public IReadOnlyList<double> Intercepts { get; }

    /// <summary>Gets how many pairs of cases were moved, all machines together.</summary>
    public int Iterations { get; }

    /// <summary>Gets a value indicating whether every machine reached the tolerance.</summary>
    public bool Converged { get; }

    /// <summary>Computes f(x) of every machine: n rows × one column for each of <see cref="Pairs"/>.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not finite.</exception>
    public Matrix DecisionValues(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        int n = x.RowCount;
        int machines = Pairs.Count;
        int support = SupportVectors.RowCount;
        var values = new double[n * machines];
        Parallel.For(0, (n + BlockRows - 1) / BlockRows, block =>
        {
            int start = block * BlockRows;
            int count = Math.Min(BlockRows, n - start);
            var kernel = new double[count * _panels.PaddedCount];
            _panels.SquaredDistances(x.Values.Slice(start * x.ColumnCount, count * x.ColumnCount), 0, _panels.PaddedCount, kernel);
            GaussianKernel.OfSquaredDistances(kernel, Gamma);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> row = kernel.AsSpan(i * _panels.PaddedCount, support);
                for (int m = 0; m < machines; m++)
                {
                    values[((start + i) * machines) + m] = Intercepts[m] + FixedOrder.Dot(row, DualCoefficients.Row(m));
                }
            }
        });
        return new Matrix(n, machines, values);
    }

    /// <inheritdoc/>
    public Matrix Scores(Matrix x)
    {
        Matrix decisions = DecisionValues(x);
        int k = Classes.Count;
        var scores = new double[x.RowCount * k];
        var sums = new double[k];
        for (int i = 0; i < x.RowCount; i++)
        {
            Span<double> row = scores.AsSpan(i * k, k);
            ReadOnlySpan<double> f = decisions.Row(i);
            if (k == 2)
            {
                (row[0], row[1]) = (-f[0], f[0]);
                continue;
            }

            Array.Clear(sums);
            for (int m = 0; m < f.Length; m++)
            {
                row[f[m] > 0 ? Pairs[m].Second : Pairs[m].First] += 1;
                sums[Pairs[m].Second] += f[m];
                sums[Pairs[m].First] -= f[m];
            }

            for (int c = 0; c < k; c++)
            {
                row[c] += sums[c] / (3 * (Math.Abs(sums[c]) + 1));
            }
        }

        return new Matrix(x.RowCount, k, scores, Classes);
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(Scores(x));
}
