using MlOps.Onnx;

namespace MlOps.Quantization.Reading;

/// <summary>Batches from arrays of numbers, one for every input.</summary>
internal static class ArrayData
{
    /// <summary>Cuts the arrays into batches.</summary>
    /// <param name="inputs">The model's inputs.</param>
    /// <param name="arrays">An array for each, in the same order; their first dimensions agree.</param>
    /// <param name="options">Scale and batch.</param>
    /// <param name="scale">Where the options name none.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    internal static (List<IReadOnlyDictionary<string, OnnxTensor>> Batches, int Rows) Of(IReadOnlyList<OnnxValue> inputs, IReadOnlyList<NumberArray> arrays, ModelDataOptions options, double scale, CancellationToken cancellationToken)
    {
        int rows = arrays[0].RowCount;
        if (arrays.FirstOrDefault(array => array.RowCount != rows) is { } other)
        {
            throw new InvalidDataException($"{arrays[0].Name} has {rows} rows, {other.Name} has {other.RowCount}.");
        }

        InputRows[] makers = [.. inputs.Zip(arrays).Select(pair => new InputRows(pair.First, RowDims(pair.First, pair.Second), options, options.Scale ?? scale))];
        int fixedBatch = FixedBatch.Of(inputs);
        int size = fixedBatch > 0 ? fixedBatch : options.RowsPerBatch;
        var batches = new List<IReadOnlyDictionary<string, OnnxTensor>>();
        for (int start = 0; start < rows; start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int first = start;
            int count = Math.Min(size, rows - start);
            batches.Add(Enumerable.Range(0, inputs.Count).ToDictionary(
                i => inputs[i].Name,
                i => makers[i].Batch(fixedBatch > 0 ? size : count, (row, to) => arrays[i].Row(first + Math.Min(row, count - 1), to))));
        }

        return (batches, rows);
    }

    /// <summary>The dimensions of a row: those of the array, or, if it is a table of numbers, those of the input.</summary>
    private static long[] RowDims(OnnxValue input, NumberArray array)
    {
        long[] given = [.. array.Dims.Skip(1)];
        long[] wanted = input.Dims is { Count: > 0 } dims ? [.. dims.Skip(1)] : given;
        if (given.Length == wanted.Length && given.Zip(wanted).All(pair => pair.Second < 0 || pair.First == pair.Second))
        {
            return given;
        }

        return wanted.All(dim => dim >= 0) && wanted.Aggregate(1L, (product, dim) => product * dim) == array.Width
            ? wanted
            : throw new ArgumentException($"{array.Name} has rows of shape ({string.Join(", ", given)}); input '{input.Name}' takes {input.Describe()}.");
    }
}
