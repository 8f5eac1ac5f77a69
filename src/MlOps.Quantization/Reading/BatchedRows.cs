using MlOps.Onnx;

namespace MlOps.Quantization.Reading;

/// <summary>Picks rows out of batches.</summary>
internal static class BatchedRows
{
    /// <summary>New batches of the rows asked for.</summary>
    /// <param name="batches">A tensor for every input, by name; the first dimension is the row.</param>
    /// <param name="rowCount">Rows in all batches; what is behind them fills up the last.</param>
    /// <param name="rows">Which rows, in which order; at least one.</param>
    /// <param name="whole">Whether the last batch is filled up by its last row.</param>
    /// <param name="rowsPerBatch">Rows of a batch; those of the first when null.</param>
    internal static List<IReadOnlyDictionary<string, OnnxTensor>> Of(IReadOnlyList<IReadOnlyDictionary<string, OnnxTensor>> batches, int rowCount, int[] rows, bool whole, int? rowsPerBatch = null)
    {
        var places = new (int Batch, int Row)[rowCount];
        int at = 0;
        for (int b = 0; b < batches.Count; b++)
        {
            for (int row = 0; row < RowsOf(batches[b]) && at < rowCount; row++)
            {
                places[at++] = (b, row);
            }
        }

        int size = rowsPerBatch ?? RowsOf(batches[0]);
        var picked = new List<IReadOnlyDictionary<string, OnnxTensor>>();
        for (int start = 0; start < rows.Length; start += size)
        {
            int count = Math.Min(size, rows.Length - start);
            var wanted = new (int Batch, int Row)[whole ? size : count];
            for (int i = 0; i < wanted.Length; i++)
            {
                wanted[i] = places[rows[start + Math.Min(i, count - 1)]];
            }

            picked.Add(batches[0].Keys.ToDictionary(name => name, name => Gather(batches, name, wanted)));
        }

        return picked;
    }

    private static int RowsOf(IReadOnlyDictionary<string, OnnxTensor> batch) => batch.Values.First().Dims is [var rows, ..] ? (int)rows : 1;

    private static OnnxTensor Gather(IReadOnlyList<IReadOnlyDictionary<string, OnnxTensor>> batches, string name, (int Batch, int Row)[] wanted)
    {
        OnnxTensor first = batches[wanted[0].Batch][name];
        long[] rowDims = [.. first.Dims.Skip(1)];
        foreach ((int batch, _) in wanted)
        {
            if (!batches[batch][name].Dims.Skip(1).SequenceEqual(rowDims))
            {
                throw new ArgumentException($"Rows of '{name}' have different shapes, [{string.Join(", ", rowDims)}] and [{string.Join(", ", batches[batch][name].Dims.Skip(1))}]: they cannot share a batch.");
            }
        }

        if (first.DataType == OnnxElementType.String)
        {
            int texts = (int)rowDims.Aggregate(1L, (product, dim) => product * dim);
            string[][] all = [.. batches.Select(batch => batch[name].ToTexts())];
            return OnnxTensor.Of(name, [.. wanted.SelectMany(place => all[place.Batch].AsSpan(place.Row * texts, texts).ToArray())], [wanted.Length, .. rowDims]);
        }

        int width = first.Bytes().Length / (int)first.Dims[0];
        byte[] bytes = new byte[checked(width * wanted.Length)];
        for (int i = 0; i < wanted.Length; i++)
        {
            batches[wanted[i].Batch][name].Bytes().Slice(wanted[i].Row * width, width).CopyTo(bytes.AsSpan(i * width));
        }

        return OnnxTensor.OfBytes(name, first.DataType, bytes, [wanted.Length, .. rowDims]);
    }
}
