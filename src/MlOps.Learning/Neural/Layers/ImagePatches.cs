namespace MlOps.Learning.Neural;

/// <summary>The windows that a filter sees, laid out as a matrix (im2col): a convolution becomes a matrix product.</summary>
/// <remarks>Source: K. Chellapilla, S. Puri, P. Simard, "High Performance Convolutional Neural Networks for Document Processing", IWFHR 2006.</remarks>
internal sealed class ImagePatches(TensorShape input, TensorShape output, int kernelSize, int stride, int padding)
{
    /// <summary>Values in one image.</summary>
    internal int ImageSize { get; } = input.Size;

    /// <summary>Values in one window: C · kernel².</summary>
    internal int Length { get; } = input.Channels * kernelSize * kernelSize;

    /// <summary>Windows in an image.</summary>
    internal int Count { get; } = output.Area;

    /// <summary>Row r = (c, u, v) holds that value of all windows; rows are <see cref="MatrixProduct.Padded"/> apart.</summary>
    internal void Gather(ReadOnlySpan<float> image, Span<float> rows)
    {
        int rowLength = MatrixProduct.Padded(Count);
        for (int r = 0; r < Length; r++)
        {
            (int channel, int u, int v) = Position(r);
            Span<float> row = rows.Slice(r * rowLength, rowLength);
            row[Count..].Clear();
            for (int i = 0; i < output.Height; i++)
            {
                Span<float> line = row.Slice(i * output.Width, output.Width);
                int y = (i * stride) + u - padding;
                if ((uint)y >= (uint)input.Height)
                {
                    line.Clear();
                    continue;
                }

                ReadOnlySpan<float> source = image.Slice((channel * input.Area) + (y * input.Width), input.Width);
                (int from, int to) = Inside(v);
                line[..from].Clear();
                line[to..].Clear();
                if (stride == 1)
                {
                    source.Slice(from + v - padding, to - from).CopyTo(line[from..]);
                    continue;
                }

                for (int j = from; j < to; j++)
                {
                    line[j] = source[(j * stride) + v - padding];
                }
            }
        }
    }

    /// <summary>Row p holds window p; rows are <see cref="MatrixProduct.Padded"/> apart.</summary>
    internal void GatherTransposed(ReadOnlySpan<float> image, Span<float> rows)
    {
        int rowLength = MatrixProduct.Padded(Length);
        rows[..(Count * rowLength)].Clear();
        for (int i = 0; i < output.Height; i++)
        {
            for (int j = 0; j < output.Width; j++)
            {
                Span<float> row = rows.Slice(((i * output.Width) + j) * rowLength, Length);
                int left = (j * stride) - padding;
                int from = Math.Max(0, -left);
                int to = Math.Min(kernelSize, input.Width - left);
                int r = 0;
                for (int channel = 0; channel < input.Channels; channel++)
                {
                    for (int u = 0; u < kernelSize; u++, r += kernelSize)
                    {
                        int y = (i * stride) + u - padding;
                        if ((uint)y >= (uint)input.Height)
                        {
                            continue;
                        }

                        int at = (channel * input.Area) + (y * input.Width) + left;
                        for (int v = from; v < to; v++)
                        {
                            row[r + v] = image[at + v];
                        }
                    }
                }
            }
        }
    }

    /// <summary>The way back from <see cref="Gather"/>: adds every value of the rows to the pixel it was read from.</summary>
    internal void ScatterAdd(ReadOnlySpan<float> rows, Span<float> image)
    {
        int rowLength = MatrixProduct.Padded(Count);
        for (int r = 0; r < Length; r++)
        {
            (int channel, int u, int v) = Position(r);
            (int from, int to) = Inside(v);
            for (int i = 0; i < output.Height; i++)
            {
                int y = (i * stride) + u - padding;
                if ((uint)y >= (uint)input.Height)
                {
                    continue;
                }

                ReadOnlySpan<float> line = rows.Slice((r * rowLength) + (i * output.Width), output.Width);
                Span<float> target = image.Slice((channel * input.Area) + (y * input.Width), input.Width);
                for (int j = from; j < to; j++)
                {
                    target[(j * stride) + v - padding] += line[j];
                }
            }
        }
    }

    private (int Channel, int U, int V) Position(int row) => (row / (kernelSize * kernelSize), row / kernelSize % kernelSize, row % kernelSize);

    /// <summary>The windows of a line whose value v lies inside the image: from, up to but without to.</summary>
    private (int From, int To) Inside(int v)
    {
        int from = Math.Max(0, (padding - v + stride - 1) / stride);
        int to = Math.Min(output.Width, ((input.Width - 1 + padding - v) / stride) + 1);
        return (Math.Min(from, output.Width), Math.Max(to, Math.Min(from, output.Width)));
    }
}
