using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>A fully connected layer: <c>y = x · W + b</c>.</summary>
/// <param name="Units">Neurons, the length of y; at least 1.</param>
/// <param name="Bias">Whether there is a b. Leave it out before batch normalisation, which has its own.</param>
/// <param name="Initialization">Of W; null: He before ReLU and its kin, else Glorot. b begins at 0.</param>
/// <remarks>W is d × units, stored row by row. Units · (d + 1) parameters; 2 · d · units operations a sample.</remarks>
public sealed record Dense(int Units, bool Bias = true, Initialization? Initialization = null) : Layer
{
    /// <summary>Gets the number of neurons.</summary>
    public int Units { get; init; } = Guard.AtLeast(Units, 1);

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) =>
        input.IsImage ? throw DoesNotFit(input, "vectors (put Flatten or GlobalAveragePool before it)") : TensorShape.Vector(Units);

    internal override IReadOnlyList<ParameterPlan> Parameters(TensorShape input)
    {
        var weight = new ParameterPlan("weight", [input.Size, Units], null, input.Size, Units, Initialization: Initialization);
        return Bias ? [weight, new ParameterPlan("bias", [Units], 0)] : [weight];
    }

    internal override LayerOperation Operation(TensorShape input, Threads threads) => new DenseOperation(input.Size, Units, Bias, threads);
}

/// <summary>Three matrix products: Y = X·W, dW = Xᵀ·dY, dX = dY·Wᵀ.</summary>
internal sealed class DenseOperation(int inputs, int units, bool hasBias, Threads threads) : LayerOperation
{
    private readonly int _weights = inputs * units;

    internal override void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass)
    {
        Span<float> rows = y.Span;
        for (int i = 0; i < n; i++)
        {
            Span<float> row = rows.Slice(i * units, units);
            if (hasBias)
            {
                weights.Span[_weights..].CopyTo(row);
            }
            else
            {
                row.Clear();
            }
        }

        MatrixProduct.Add(MatrixView.Rows(x, inputs), MatrixView.Rows(weights, units), y, n, units, inputs, threads);
    }

    internal override void Backward(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y, ReadOnlyMemory<float> dy, Memory<float> dx, int n, ReadOnlyMemory<float> weights, Memory<float> gradient)
    {
        if (!gradient.IsEmpty)
        {
            MatrixProduct.Add(MatrixView.Rows(x, inputs).Transposed(), MatrixView.Rows(dy, units), gradient[.._weights], inputs, units, n, threads);
            if (hasBias)
            {
                Span<float> bias = gradient.Span[_weights..];
                for (int i = 0; i < n; i++)
                {
                    TensorPrimitives.Add(bias, dy.Span.Slice(i * units, units), bias);
                }
            }
        }

        if (!dx.IsEmpty)
        {
            dx.Span[..(n * inputs)].Clear();
            MatrixProduct.Add(MatrixView.Rows(dy, units), MatrixView.Rows(weights, units).Transposed(), dx, n, inputs, units, threads);
        }
    }
}
