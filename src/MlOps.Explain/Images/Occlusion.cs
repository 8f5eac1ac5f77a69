using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>Occlusion: hide one part of a picture after the other and see how far the score falls.</summary>
/// <remarks>
/// A square of <c>patch</c> pixels moves in steps of <c>stride</c>; its last place in a row or column is the first that reaches the edge, beyond which it is cut off. A pixel's value is the mean of
/// <c>score(picture) − score(picture with the square filled)</c> over the squares that cover it. Unit: that of the score; above 0 hiding the pixel hurts the class, below 0 it
/// helps, 0 it does not matter. Works with any model and asks it for (⌈(height − patch) / stride⌉ + 1) · (⌈(width − patch) / stride⌉ + 1) pictures.
/// <para>Source: M. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 4.2.</para>
/// </remarks>
public static class Occlusion
{
    private const int Batch = 256;

    /// <summary>Explains the score of one picture.</summary>
    /// <param name="model">Any model of pictures.</param>
    /// <param name="image">One picture.</param>
    /// <param name="patch">Side of the square in pixels, ≥ 1 and not larger than the picture.</param>
    /// <param name="stride">Pixels from one place to the next, 1 to <paramref name="patch"/>, so that every pixel is hidden at least once.</param>
    /// <param name="fill">What stands in the square; the mean colour when null.</param>
    /// <param name="target">Which class; the one with the largest score when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between batches of 256 pictures.</param>
    /// <exception cref="ArgumentException">There is not one picture, or it is of another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such class, or a length is not in its range.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static AttributionMap Of(ImageModel model, Tensor image, int patch = 8, int stride = 4, PixelFill? fill = null, int? target = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        (int chosen, double score) = model.Target(image, target);
        TensorShape shape = image.Shape;
        Guard.AtLeast(patch, 1);
        Guard.AtLeast(stride, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patch, Math.Min(shape.Height, shape.Width));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stride, patch);

        (int Top, int Left)[] places = [.. Starts(shape.Height, patch, stride).SelectMany(top => Starts(shape.Width, patch, stride).Select(left => (top, left)))];
        Tensor filled = (fill ?? PixelFill.MeanColour).For(image);
        var drops = new double[shape.Area];
        var covers = new int[shape.Area];
        for (int start = 0; start < places.Length; start += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<(int Top, int Left)> part = places.AsSpan(start, Math.Min(Batch, places.Length - start));
            double[] scores = model.Scores(Hidden(image, filled, part, patch), cancellationToken: cancellationToken).Column(chosen);
            for (int i = 0; i < part.Length; i++)
            {
                Spread(drops, covers, part[i], patch, shape, score - scores[i]);
            }

            progress?.Report((double)(start + part.Length) / places.Length);
        }

        for (int i = 0; i < drops.Length; i++)
        {
            drops[i] /= covers[i];
        }

        return new AttributionMap($"occlusion, squares of {patch}, {fill ?? PixelFill.MeanColour}", shape.Width, shape.Height, drops, chosen, score);
    }

    private static List<int> Starts(int length, int patch, int stride)
    {
        var starts = new List<int> { 0 };
        while (starts[^1] + patch < length)
        {
            starts.Add(starts[^1] + stride);
        }

        return starts;
    }

    private static Tensor Hidden(Tensor image, Tensor filled, ReadOnlySpan<(int Top, int Left)> places, int patch)
    {
        TensorShape shape = image.Shape;
        var values = new float[checked(places.Length * shape.Size)];
        for (int i = 0; i < places.Length; i++)
        {
            Span<float> hidden = values.AsSpan(i * shape.Size, shape.Size);
            image.Values.CopyTo(hidden);
            (int top, int left) = places[i];
            int width = Math.Min(patch, shape.Width - left);
            for (int c = 0; c < shape.Channels; c++)
            {
                for (int row = top; row < Math.Min(top + patch, shape.Height); row++)
                {
                    int at = (c * shape.Area) + (row * shape.Width) + left;
                    filled.Values.Slice(at, width).CopyTo(hidden[at..]);
                }
            }
        }

        return new Tensor(places.Length, shape, values);
    }

    private static void Spread(double[] drops, int[] covers, (int Top, int Left) place, int patch, TensorShape shape, double drop)
    {
        for (int row = place.Top; row < Math.Min(place.Top + patch, shape.Height); row++)
        {
            for (int column = place.Left; column < Math.Min(place.Left + patch, shape.Width); column++)
            {
                drops[(row * shape.Width) + column] += drop;
                covers[(row * shape.Width) + column]++;
            }
        }
    }
}
