namespace MlOps.Onnx.Export;

/// <summary>Columns on their way through the steps of an exported pipeline.</summary>
internal abstract record StepPart
{
    /// <summary>How many columns it is.</summary>
    internal abstract int Width { get; }

    /// <summary>A column of text: an input of the graph, N × 1, and what stands for a missing text. Encoding it takes one node for both.</summary>
    internal sealed record Text(string Input, string? Fill) : StepPart
    {
        internal override int Width => 1;
    }

    /// <summary>Columns of numbers: a value of the graph, double, N × <paramref name="Columns"/>.</summary>
    internal sealed record Numbers(string Value, int Columns) : StepPart
    {
        internal override int Width => Columns;
    }
}
