using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>What stands where a picture is hidden, and where a method begins that compares a picture with nothing.</summary>
/// <remarks>
/// No fill shows nothing: black is dark soil, the mean colour is a dull patch, a blur keeps large shapes. Try two; what holds under both holds.
/// </remarks>
public sealed class PixelFill
{
    private readonly string _name;
    private readonly Func<Tensor, float[]> _fill;

    private PixelFill(string name, Func<Tensor, float[]> fill) => (_name, _fill) = (name, fill);

    /// <summary>Gets zeros: black, where 0 is black.</summary>
    public static PixelFill Black { get; } = new("black", images => new float[images.Values.Length]);

    /// <summary>Gets the mean of each channel over the picture.</summary>
    public static PixelFill MeanColour { get; } = new("mean colour", Means);

    /// <summary>One value a channel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN or infinite.</exception>
    public static PixelFill Colour(params ReadOnlySpan<float> channels)
    {
        float[] colour = channels.ToArray();
        Array.ForEach(colour, value => Guard.Finite(value, nameof(channels)));
        return new PixelFill($"colour {string.Join(", ", colour.Select(value => FormattableString.Invariant($"{value:0.###}")))}", images => Painted(images, colour));
    }

    /// <summary>The picture itself, each pixel the mean of the square around it; at the edge, of what there is of the square.</summary>
    /// <param name="radius">Pixels from the middle of the square to its side, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is below 1.</exception>
    public static PixelFill Blur(int radius = 4)
    {
        Guard.AtLeast(radius, 1);
        return new PixelFill(FormattableString.Invariant($"blur of radius {radius}"), images => Blurred(images, radius));
    }

    /// <summary>Another picture, the same for all.</summary>
    /// <exception cref="ArgumentException">There is not one picture.</exception>
    public static PixelFill Picture(Tensor image)
    {
        Pictures.CheckOne(image);
        return new PixelFill("given picture", images =>
        {
            Pictures.Check(images, image.Shape);
            return [.. Enumerable.Repeat(image.Values.ToArray(), images.Count).SelectMany(values => values)];
        });
    }

    /// <summary>The fill for each of n pictures.</summary>
    /// <exception cref="ArgumentException">These are no pictures, or the fill does not have their size or number of channels.</exception>
    public Tensor For(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return images.Shape.IsImage
            ? new Tensor(images.Count, images.Shape, _fill(images))
            : throw new ArgumentException($"Only pictures can be filled; these are vectors of {images.Shape}.", nameof(images));
    }

    /// <summary>Returns what the fill is, such as <c>blur of radius 4</c>.</summary>
    public override string ToString() => _name;

    private static float[] Painted(Tensor images, float[] colour)
    {
        if (colour.Length != images.Shape.Channels)
        {
            throw new ArgumentException($"The colour has {colour.Length} values; the pictures have {images.Shape.Channels} channels.", nameof(images));
        }

        var filled = new float[images.Values.Length];
        for (int i = 0; i < filled.Length; i++)
        {
            filled[i] = colour[i / images.Shape.Area % colour.Length];
        }

        return filled;
    }

    private static float[] Means(Tensor images)
    {
        int area = images.Shape.Area;
        var filled = new float[images.Values.Length];
        for (int start = 0; start < filled.Length; start += area)
        {
            double sum = 0;
            foreach (float value in images.Values.Slice(start, area))
            {
                sum += value;
            }

            filled.AsSpan(start, area).Fill((float)(sum / area));
        }

        return filled;
    }

    private static float[] Blurred(Tensor images, int radius)
    {
        (int height, int width, int area) = (images.Shape.Height, images.Shape.Width, images.Shape.Area);
        var filled = new float[images.Values.Length];
        var sums = new double[(height + 1) * (width + 1)]; // of all pixels above and to the left
        for (int start = 0; start < filled.Length; start += area)
        {
            ReadOnlySpan<float> plane = images.Values.Slice(start, area);
            for (int i = 0; i < height; i++)
            {
                double row = 0;
                for (int j = 0; j < width; j++)
                {
                    row += plane[(i * width) + j];
                    sums[((i + 1) * (width + 1)) + j + 1] = sums[(i * (width + 1)) + j + 1] + row;
                }
            }

            for (int i = 0; i < height; i++)
            {
                (int top, int bottom) = (Math.Max(0, i - radius), Math.Min(height, i + radius + 1));
                for (int j = 0; j < width; j++)
                {
                    (int left, int right) = (Math.Max(0, j - radius), Math.Min(width, j + radius + 1));
                    double sum = sums[(bottom * (width + 1)) + right] - sums[(top * (width + 1)) + right] - sums[(bottom * (width + 1)) + left] + sums[(top * (width + 1)) + left];
                    filled[start + (i * width) + j] = (float)(sum / ((bottom - top) * (right - left)));
                }
            }
        }

        return filled;
    }
}
