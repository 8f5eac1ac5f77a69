namespace MlOps.Data.Generators;

/// <summary>How <see cref="LeafImages"/> draws its pictures.</summary>
public sealed record LeafImagesOptions
{
    private const int SmallestSide = 16;
    private const int LargestSide = 256;

    /// <summary>Gets the height and the width of a picture in pixels, 16 to 256; 32 in the committed file.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside.</exception>
    public int Size
    {
        get;
        init => field = value is >= SmallestSide and <= LargestSide ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"A picture has {SmallestSide} to {LargestSide} pixels a side.");
    } = 32;

    /// <summary>Gets how far the region gives the condition away, in [0, 1]. Rust and leaf blight are at home in the hills, the other two in the delta; a picture
    /// comes from the home of its condition with probability (1 + Confounding) / 2. 0: region and condition are independent; 1: the soil tells sick from sick.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no share.</exception>
    public double Confounding
    {
        get;
        init => field = Guard.Share(value);
    }

    /// <summary>Gets the lightest attack, in [0, 1]; severities are uniform from here to 1. Light attacks are hard to tell from soil specks and glare.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no share.</exception>
    public double MildestSeverity
    {
        get;
        init => field = Guard.Share(value);
    } = 0.1;
}
