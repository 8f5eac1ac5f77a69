using System.Buffers;
using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>Per image: Y = W·P, dW += dY·Pᵀ, dP = Wᵀ·dY, where P holds the image's windows. Images are shared among threads.</summary>
internal sealed class ConvolutionOperation(ImagePatches patches, int filters, bool hasBias, Threads threads) : LayerOperation
{
    // A batch's images are dealt to 8 parts, however many threads there are: so the sums of gradients have one order.
    private const int Parts = 8;

    private readonly int _weights = filters * patches.Length;
    private readonly int _outputSize = filters * patches.Count;
    private readonly int _windowsRow = MatrixProduct.Padded(patches.Count);
    private readonly int _lengthRow = MatrixProduct.Padded(patches.Length);

    internal override void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass) =>
        threads.For(Math.Min(n, Parts), part =>
        {
            float[] windows = ArrayPool<float>.Shared.Rent(patches.Length * _windowsRow);
            MatrixView filterRows = MatrixView.Rows(weights[.._weights], patches.Length);
            for (int image = First(part, n); image < First(part + 1, n); image++)
            {
                Span<float> outputs = y.Span.Slice(image * _outputSize, _outputSize);
                for (int f = 0; f < filters; f++)
                {
                    outputs.Slice(f * patches.Count, patches.Count).Fill(hasBias ? weights.Span[_weights + f] : 0);
                }

                patches.Gather(x.Span.Slice(image * patches.ImageSize, patches.ImageSize), windows);
                MatrixProduct.AddPadded(filterRows, windows, _windowsRow, outputs, patches.Count, filters, patches.Count, patches.Length);
            }

            ArrayPool<float>.Shared.Return(windows);
        });

    internal override void Backward(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y, ReadOnlyMemory<float> dy, Memory<float> dx, int n, ReadOnlyMemory<float> weights, Memory<float> gradient)
    {
        int parts = Math.Min(n, Parts);
        float[] sums = ArrayPool<float>.Shared.Rent(parts * (_weights + filters));
        threads.For(parts, part =>
        {
            Span<float> sum = sums.AsSpan(part * (_weights + filters), _weights + filters);
            sum.Clear();
            float[] windows = ArrayPool<float>.Shared.Rent(Math.Max(patches.Count * _lengthRow, patches.Length * _windowsRow));
            float[] padded = ArrayPool<float>.Shared.Rent(filters * _windowsRow);
            for (int image = First(part, n); image < First(part + 1, n); image++)
            {
                ReadOnlyMemory<float> outputs = dy.Slice(image * _outputSize, _outputSize);
                if (!gradient.IsEmpty)
                {
                    AddGradient(x.Span.Slice(image * patches.ImageSize, patches.ImageSize), outputs, windows, sum);
                }

                if (!dx.IsEmpty)
                {
                    CarryBack(outputs.Span, weights, windows, padded, dx.Span.Slice(image * patches.ImageSize, patches.ImageSize));
                }
            }

            ArrayPool<float>.Shared.Return(padded);
            ArrayPool<float>.Shared.Return(windows);
        });

        for (int part = 0; part < parts && !gradient.IsEmpty; part++)
        {
            TensorPrimitives.Add(gradient.Span, sums.AsSpan(part * (_weights + filters), gradient.Length), gradient.Span);
        }

        ArrayPool<float>.Shared.Return(sums);
    }

    private static int First(int part, int n) => (int)((long)part * n / Math.Min(n, Parts));

    private void AddGradient(ReadOnlySpan<float> image, ReadOnlyMemory<float> outputs, Span<float> windows, Span<float> sum)
    {
        patches.GatherTransposed(image, windows);
        MatrixProduct.AddPadded(MatrixView.Rows(outputs, patches.Count), windows, _lengthRow, sum[.._weights], patches.Length, filters, patches.Length, patches.Count);
        for (int f = 0; f < filters; f++)
        {
            sum[_weights + f] += Sums.InOrder(outputs.Span.Slice(f * patches.Count, patches.Count));
        }
    }

    private void CarryBack(ReadOnlySpan<float> outputs, ReadOnlyMemory<float> weights, Span<float> windows, Span<float> padded, Span<float> dx)
    {
        for (int f = 0; f < filters; f++)
        {
            Span<float> row = padded.Slice(f * _windowsRow, _windowsRow);
            outputs.Slice(f * patches.Count, patches.Count).CopyTo(row);
            row[patches.Count..].Clear();
        }

        windows[..(patches.Length * _windowsRow)].Clear();
        MatrixView filterColumns = MatrixView.Rows(weights[.._weights], patches.Length).Transposed();
        MatrixProduct.AddPadded(filterColumns, padded, _windowsRow, windows, _windowsRow, patches.Length, _windowsRow, filters);
        dx.Clear();
        patches.ScatterAdd(windows, dx);
    }
}
