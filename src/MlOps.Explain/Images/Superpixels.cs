using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>A picture cut into patches of like colour: what <see cref="LimeImage"/> hides and shows.</summary>
/// <remarks>Every pixel belongs to one patch, numbered from 0 in the order in which they are met from the top left; each patch hangs together.</remarks>
public sealed record Superpixels
{
    private readonly int[] _labels;

    /// <summary>Takes patches that were made elsewhere.</summary>
    /// <param name="width">Columns of the picture, ≥ 1.</param>
    /// <param name="height">Rows of the picture, ≥ 1.</param>
    /// <param name="labels">The patch of each pixel, row by row from the top: all numbers from 0 to the largest. The array is not copied; leave it alone afterwards.</param>
    /// <exception cref="ArgumentException">There is not one number a pixel, or one is negative or skipped.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Superpixels(int width, int height, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Width = Guard.AtLeast(width, 1);
        Height = Guard.AtLeast(height, 1);
        Count = labels.Distinct().Count();
        if (labels.LongLength != (long)width * height || labels.Min() != 0 || labels.Max() != Count - 1)
        {
            throw new ArgumentException($"A picture of {width} × {height} needs one patch number a pixel, from 0 on without a gap; got {labels.Length} numbers, {Count} of them different.", nameof(labels));
        }

        _labels = labels;
    }

    /// <summary>Gets the columns of the picture.</summary>
    public int Width { get; }

    /// <summary>Gets the rows of the picture.</summary>
    public int Height { get; }

    /// <summary>Gets the number of patches.</summary>
    public int Count { get; }

    /// <summary>Gets the patch of each pixel, row by row from the top.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Cuts a picture by SLIC: k-means over colour (CIELAB) and place, each centre looking no further than twice the distance of centres.</summary>
    /// <remarks>
    /// <c>D² = d_colour² + (compactness · d_place / S)²</c> with <c>S = √(pixels / count)</c>; ten rounds; then pieces that lie apart and are smaller than S² / 4 go to the neighbour
    /// that was met first. No randomness. O(pixels · rounds).
    /// <para>Source: R. Achanta et al., "SLIC Superpixels Compared to State-of-the-Art Superpixel Methods", IEEE TPAMI 34 (2012), algorithm 1.</para>
    /// </remarks>
    /// <param name="image">One picture with 1 or 3 channels of values from 0 to 1.</param>
    /// <param name="count">About how many patches, 1 to the number of pixels.</param>
    /// <param name="compactness">&gt; 0: large for squares, small for patches that follow colours closely.</param>
    /// <exception cref="ArgumentException">There is not one picture, it has neither 1 nor 3 channels, or a value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not in its range.</exception>
    public static Superpixels Slic(Tensor image, int count = 50, double compactness = 10)
    {
        Pictures.CheckOne(image);
        TensorShape shape = image.Shape;
        Guard.AtLeast(count, 1);
        Guard.Positive(compactness);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, shape.Area);
        if (!shape.IsImage || shape.Channels is not (1 or 3))
        {
            throw new ArgumentException($"Colours can be told apart in pictures with 1 or 3 channels; got {shape}.", nameof(image));
        }

        foreach (float value in image.Values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException(FormattableString.Invariant($"The picture has {value}; finite numbers are needed."), nameof(image));
            }
        }

        return new Superpixels(shape.Width, shape.Height, new Slic(image, count, compactness).Labels());
    }

    /// <summary>The picture with every patch in its mean colour: what <see cref="LimeImage"/> shows where it hides a patch.</summary>
    /// <param name="image">One picture of this size.</param>
    /// <exception cref="ArgumentException">There is not one picture, or it is of another size.</exception>
    public Tensor MeanColours(Tensor image)
    {
        Pictures.CheckOne(image);
        TensorShape shape = image.Shape;
        if (shape.Width != Width || shape.Height != Height)
        {
            throw new ArgumentException($"The patches are of a picture of {Width} × {Height}; this one has {shape}.", nameof(image));
        }

        var values = new float[shape.Size];
        var counts = new int[Count];
        foreach (int label in _labels)
        {
            counts[label]++;
        }

        for (int c = 0; c < shape.Channels; c++)
        {
            var sums = new double[Count];
            for (int i = 0; i < _labels.Length; i++)
            {
                sums[_labels[i]] += image.Values[(c * _labels.Length) + i];
            }

            for (int i = 0; i < _labels.Length; i++)
            {
                values[(c * _labels.Length) + i] = (float)(sums[_labels[i]] / counts[_labels[i]]);
            }
        }

        return new Tensor(1, shape, values);
    }

    /// <summary>Two cuts are equal if every pixel has the same number in both.</summary>
    public bool Equals(Superpixels? other) => other is not null && Width == other.Width && _labels.AsSpan().SequenceEqual(other._labels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Height, Count);

    /// <summary>Returns the number of patches and the size, such as <c>48 patches of 32 × 32 pixels</c>.</summary>
    public override string ToString() => $"{Count} patches of {Width} × {Height} pixels";
}
