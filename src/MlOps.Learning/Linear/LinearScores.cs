namespace MlOps.Learning.Linear;

/// <summary>What every linear classifier computes: <c>x·wₖ + bₖ</c>.</summary>
internal static class LinearScores
{
    private const int BlockRows = 256;

    /// <summary>n rows × one column for each of the S rows of coefficients.</summary>
    internal static double[] Of(Matrix x, Matrix coefficients, IReadOnlyList<double> intercepts)
    {
        int n = x.RowCount;
        int s = coefficients.RowCount;
        var scores = new double[checked(n * s)];
        var panels = new RowPanels(coefficients.Values, s, x.ColumnCount);
        Parallel.For(0, (n + BlockRows - 1) / BlockRows, block =>
        {
            int start = block * BlockRows;
            int count = Math.Min(BlockRows, n - start);
            var products = new double[count * panels.PaddedCount];
            panels.Products(x.Values.Slice(start * x.ColumnCount, count * x.ColumnCount), 0, panels.PaddedCount, products);
            for (int i = 0; i < count; i++)
            {
                for (int c = 0; c < s; c++)
                {
                    scores[((start + i) * s) + c] = products[(i * panels.PaddedCount) + c] + intercepts[c];
                }
            }
        });
        return scores;
    }

    /// <summary>Scores of every class: as they are, or (−s, s) where two classes share one; features rounded to float.</summary>
    /// <remarks>Nothing bounds these scores: where large terms cancel, the float that an exported model reads would otherwise give visibly other ones.</remarks>
    internal static Matrix PerClass(Matrix x, Matrix coefficients, IReadOnlyList<double> intercepts, IReadOnlyList<string> classes)
    {
        double[] scores = Of(SinglePrecision.Of(x), coefficients, intercepts);
        if (coefficients.RowCount > 1)
        {
            return new Matrix(x.RowCount, classes.Count, scores, classes);
        }

        var both = new double[2 * scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            (both[2 * i], both[(2 * i) + 1]) = (-scores[i], scores[i]);
        }

        return new Matrix(x.RowCount, 2, both, classes);
    }
}
