namespace MlOps.Drift.Multivariate;

/// <summary>Rows of numbers on both sides of a comparison, as the statistics of this folder take them.</summary>
internal sealed class RowBlock
{
    private RowBlock(double[] reference, double[] current, int width) => (Reference, Current, Width) = (reference, current, width);

    internal double[] Reference { get; }

    internal double[] Current { get; }

    internal int Width { get; }

    internal int ReferenceRows => Reference.Length / Width;

    internal int CurrentRows => Current.Length / Width;

    internal int Rows => ReferenceRows + CurrentRows;

    /// <summary>Checks what a caller gave: whole rows, enough of them, all finite.</summary>
    internal static RowBlock Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int width, int minRows)
    {
        Guard.AtLeast(width, 1);
        Check(reference, width, minRows, nameof(reference));
        Check(current, width, minRows, nameof(current));
        return new RowBlock(reference.ToArray(), current.ToArray(), width);
    }

    /// <summary>At most so many rows a side, drawn without replacement, in their old order.</summary>
    internal RowBlock Sample(int maxRows, int seed)
    {
        if (ReferenceRows <= maxRows && CurrentRows <= maxRows)
        {
            return this;
        }

        var random = new Random(seed);
        return new RowBlock(Sample(Reference, maxRows, random), Sample(Current, maxRows, random), Width);
    }

    /// <summary>The rows of both sides, the reference first.</summary>
    internal double[] Pooled() => [.. Reference, .. Current];

    private double[] Sample(double[] rows, int maxRows, Random random)
    {
        int count = rows.Length / Width;
        if (count <= maxRows)
        {
            return rows;
        }

        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        double[] sample = new double[maxRows * Width];
        int to = 0;
        foreach (int row in order.Take(maxRows).Order())
        {
            rows.AsSpan(row * Width, Width).CopyTo(sample.AsSpan(to));
            to += Width;
        }

        return sample;
    }

    private static void Check(ReadOnlySpan<double> rows, int width, int minRows, string name)
    {
        if (rows.Length % width != 0)
        {
            throw new ArgumentException($"Rows of {width} numbers need a length that is a multiple of {width}; got {rows.Length}.", name);
        }

        if (rows.Length / width < minRows)
        {
            throw new ArgumentException($"At least {minRows} rows are needed; got {rows.Length / width}.", name);
        }

        int bad = 0;
        foreach (double value in rows)
        {
            bad += double.IsFinite(value) ? 0 : 1;
        }

        if (bad > 0)
        {
            throw new ArgumentException($"{bad} of {rows.Length} numbers are NaN or infinite; leave those rows out first.", name);
        }
    }
}
