namespace MlOps.Learning.Neural;

/// <summary>The shape of one sample: a vector of features, or an image of channels × height × width.</summary>
public readonly record struct TensorShape
{
    private TensorShape(int channels, int height, int width)
    {
        (Channels, Height, Width) = (channels, height, width);
        _ = checked(Channels * Math.Max(1, Height) * Math.Max(1, Width));
    }

    /// <summary>Gets the number of channels of an image, or of features of a vector.</summary>
    public int Channels { get; }

    /// <summary>Gets the height in pixels; 0 for a vector.</summary>
    public int Height { get; }

    /// <summary>Gets the width in pixels; 0 for a vector.</summary>
    public int Width { get; }

    /// <summary>Gets a value indicating whether samples are images.</summary>
    public bool IsImage => Height > 0;

    /// <summary>Gets the number of pixels in one channel; 1 for a vector.</summary>
    public int Area => IsImage ? Height * Width : 1;

    /// <summary>Gets the number of values in one sample.</summary>
    public int Size => Channels * Area;

    /// <summary>A vector.</summary>
    /// <param name="features">Its length, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1.</exception>
    public static TensorShape Vector(int features) => new(Guard.AtLeast(features, 1), 0, 0);

    /// <summary>An image, stored channel by channel, each row by row.</summary>
    /// <param name="channels">1 for grey, 3 for colour; at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    /// <param name="width">In pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1.</exception>
    public static TensorShape Image(int channels, int height, int width) =>
        new(Guard.AtLeast(channels, 1), Guard.AtLeast(height, 1), Guard.AtLeast(width, 1));

    /// <summary>The dimensions without the batch: <c>[d]</c> or <c>[C, H, W]</c>.</summary>
    public int[] ToDimensions() => IsImage ? [Channels, Height, Width] : [Channels];

    /// <summary>Writes <c>784</c> or <c>1×28×28</c>.</summary>
    public override string ToString() => string.Join('×', ToDimensions());
}
