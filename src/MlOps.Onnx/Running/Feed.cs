using Microsoft.ML.OnnxRuntime;

namespace MlOps.Onnx.Running;

/// <summary>The rows that a model is fed, input by input.</summary>
/// <param name="rowCount">Number of rows.</param>
/// <param name="inputs">For each input a function that makes the tensor of a block of rows.</param>
internal sealed class Feed(int rowCount, IReadOnlyList<(string Name, Func<RowBlock, OrtValue> Tensor)> inputs)
{
    internal int RowCount => rowCount;

    internal IReadOnlyList<string> Names { get; } = [.. inputs.Select(input => input.Name)];

    internal OrtValue[] Tensors(RowBlock block) => [.. inputs.Select(input => input.Tensor(block))];
}

/// <summary>Rows that are predicted at once.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Size">How many rows the tensor has: more than <paramref name="Count"/> if the model's batch is fixed; the last row fills it up.</param>
internal readonly record struct RowBlock(int Start, int Count, int Size)
{
    /// <summary>The row that stands in a place of the tensor.</summary>
    internal int Row(int place) => Start + Math.Min(place, Count - 1);
}
