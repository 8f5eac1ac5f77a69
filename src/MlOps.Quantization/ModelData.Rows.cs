using MlOps.Quantization.Reading;

namespace MlOps.Quantization;

public sealed partial record ModelData
{
    /// <summary>Gets a value indicating whether the model takes batches of one size only, so that every batch has to keep it.</summary>
    internal bool BatchIsFixed { get; init; }

    /// <summary>Returns the first rows, all if there are fewer.</summary>
    /// <param name="rows">How many, ≥ 1.</param>
    public ModelData Take(int rows)
    {
        Guard.AtLeast(rows, 1);
        return rows >= RowCount ? this : Rows([.. Enumerable.Range(0, rows)]);
    }

    /// <summary>Returns the rows in random order, in batches as large as the first.</summary>
    /// <param name="seed">Equal seeds give equal orders on every machine.</param>
    /// <exception cref="ArgumentException">Rows of different batches have different shapes.</exception>
    public ModelData Shuffled(int seed)
    {
        int[] order = [.. Enumerable.Range(0, RowCount)];
        new Random(seed).Shuffle(order);
        return Rows(order);
    }

    private ModelData Rows(int[] rows)
    {
        string[]? labels = Labels is null ? null : [.. rows.Select(row => Labels[row])];
        return new ModelData(BatchedRows.Of(Batches, RowCount, rows, BatchIsFixed), rows.Length, labels) { BatchIsFixed = BatchIsFixed };
    }
}
