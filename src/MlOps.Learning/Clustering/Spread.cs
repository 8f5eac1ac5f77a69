using System.Numerics.Tensors;

namespace MlOps.Learning.Clustering;

/// <summary>How far the rows lie apart.</summary>
internal static class Spread
{
    /// <summary>The mean over the columns of the population variance.</summary>
    internal static double MeanVariance(Matrix x)
    {
        var means = new double[x.ColumnCount];
        for (int i = 0; i < x.RowCount; i++)
        {
            TensorPrimitives.Add(means, x.Row(i), means); // element by element, so the same on every machine
        }

        TensorPrimitives.Divide(means, x.RowCount, means);
        var squares = new double[x.ColumnCount];
        var deviation = new double[x.ColumnCount];
        for (int i = 0; i < x.RowCount; i++)
        {
            TensorPrimitives.Subtract(x.Row(i), means, deviation);
            TensorPrimitives.Multiply(deviation, deviation, deviation);
            TensorPrimitives.Add(squares, deviation, squares);
        }

        return squares.Sum() / x.RowCount / x.ColumnCount;
    }
}
