namespace MlOps.Drift.Multivariate;

/// <summary>Splits of the pooled rows into two sides, sixteen splits a panel: row after row sixteen numbers, 1 for a current row and else 0.</summary>
internal sealed class SplitPanels
{
    private readonly double[][] _panels;
    private readonly int _rows;

    internal SplitPanels(int rows, int count)
    {
        (_rows, Count) = (rows, count);
        _panels = new double[(count + OuterSums.Wide - 1) / OuterSums.Wide][];
        for (int panel = 0; panel < _panels.Length; panel++)
        {
            _panels[panel] = new double[rows * OuterSums.Wide];
        }
    }

    internal int Count { get; }

    internal int Panels => _panels.Length;

    internal ReadOnlySpan<double> this[int panel] => _panels[panel];

    internal void Set(int split, ReadOnlySpan<double> isCurrent)
    {
        double[] panel = _panels[split / OuterSums.Wide];
        int column = split % OuterSums.Wide;
        for (int i = 0; i < isCurrent.Length; i++)
        {
            panel[(i * OuterSums.Wide) + column] = isCurrent[i];
        }
    }

    /// <summary>For each split the sum of the weights of its current rows.</summary>
    internal double[] WeightedCounts(double[] weights)
    {
        double[] sums = new double[_panels.Length * OuterSums.Wide];
        for (int panel = 0; panel < _panels.Length; panel++)
        {
            Span<double> ofPanel = sums.AsSpan(panel * OuterSums.Wide, OuterSums.Wide);
            for (int i = 0; i < _rows; i++)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(_panels[panel].AsSpan(i * OuterSums.Wide, OuterSums.Wide), weights[i], ofPanel, ofPanel);
            }
        }

        return sums;
    }
}
