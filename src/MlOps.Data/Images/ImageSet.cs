namespace MlOps.Data.Images;

/// <summary>Pictures of one size with a class each, as image data sets deliver them. Immutable.</summary>
/// <remarks>Pixels are bytes, 0 (black) to 255, stored picture by picture, in each channel by channel, in each row by row from the top:
/// the layout count × channels × height × width that CIFAR files and convolutional networks use.</remarks>
public sealed record ImageSet
{
    private const float White = 255;
    private readonly byte[] _pixels;
    private readonly int[] _labels;

    /// <summary>Wraps pixels and labels. The arrays are not copied; leave them alone afterwards.</summary>
    /// <param name="channels">1 for grey, 3 for red, green and blue; any number ≥ 1 is stored.</param>
    /// <param name="height">Pixels from top to bottom, ≥ 1.</param>
    /// <param name="width">Pixels from left to right, ≥ 1.</param>
    /// <param name="pixels">count · channels · height · width bytes.</param>
    /// <param name="labels">One class index a picture.</param>
    /// <param name="classNames">The names of the classes 0, 1, …; without them their numbers, up to the largest label.</param>
    /// <exception cref="ArgumentException">Pixels and labels are of different counts, a label has no name, or a name occurs twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public ImageSet(int channels, int height, int width, byte[] pixels, int[] labels, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        Channels = Guard.AtLeast(channels, 1);
        Height = Guard.AtLeast(height, 1);
        Width = Guard.AtLeast(width, 1);
        PixelsPerImage = checked(channels * height * width);
        if (pixels.LongLength != (long)labels.Length * PixelsPerImage)
        {
            throw new ArgumentException($"{labels.Length} labels need {labels.Length} · {channels} · {height} · {width} = {(long)labels.Length * PixelsPerImage} pixels; got {pixels.LongLength}.", nameof(pixels));
        }

        int classes = labels.Length == 0 ? 0 : labels.Max() + 1;
        ClassNames = classNames ?? [.. Enumerable.Range(0, classes).Select(k => FormattableString.Invariant($"{k}"))];
        if (labels.Length > 0 && (labels.Min() < 0 || classes > ClassNames.Count))
        {
            throw new ArgumentException($"Labels must lie between 0 and {ClassNames.Count - 1}, one for each class name; got {labels.Min()} to {classes - 1}.", nameof(labels));
        }

        if (ClassNames.Distinct(StringComparer.Ordinal).Count() != ClassNames.Count)
        {
            throw new ArgumentException($"A class name occurs twice: {string.Join(", ", ClassNames)}.", nameof(classNames));
        }

        (_pixels, _labels) = (pixels, labels);
    }

    /// <summary>Gets the number of pictures.</summary>
    public int Count => _labels.Length;

    /// <summary>Gets the values a pixel has: 1 grey, 3 red, green, blue.</summary>
    public int Channels { get; }

    /// <summary>Gets the rows of a picture.</summary>
    public int Height { get; }

    /// <summary>Gets the columns of a picture.</summary>
    public int Width { get; }

    /// <summary>Gets channels · height · width.</summary>
    public int PixelsPerImage { get; }

    /// <summary>Gets all bytes: count × channels × height × width.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Gets the class index of each picture.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Gets the names of the classes, in order of their index.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Returns the bytes of one picture: channels × height × width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _pixels.AsSpan(checked(index * PixelsPerImage), PixelsPerImage);
    }

    /// <summary>Copies all pixels as numbers between 0 (black) and 1: count × channels × height × width.</summary>
    public float[] ToFloats()
    {
        var values = new float[_pixels.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _pixels[i] / White;
        }

        return values;
    }

    /// <summary>Copies the given pictures, in the given order; one may be named more than once. All class names stay.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public ImageSet Take(ReadOnlySpan<int> rows)
    {
        var pixels = new byte[checked(rows.Length * PixelsPerImage)];
        var labels = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Image(rows[i]).CopyTo(pixels.AsSpan(i * PixelsPerImage));
            labels[i] = _labels[rows[i]];
        }

        return new ImageSet(Channels, Height, Width, pixels, labels, ClassNames);
    }

    /// <summary>Splits at random into pictures to train on and pictures to test with. Within a part they keep their order.</summary>
    /// <param name="trainShare">The share to train on, above 0 and below 1; the number of pictures is rounded.</param>
    /// <param name="seed">Equal seeds give equal parts on every machine.</param>
    /// <param name="stratified">Whether both parts have, as nearly as whole pictures allow, the same mix of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public ImageSplit Split(double trainShare, int seed, bool stratified = true)
    {
        (int[] train, int[] test) = SplitRows(trainShare, seed, stratified);
        return new ImageSplit(Take(train), Take(test));
    }

    /// <summary>Returns the size and the classes, such as <c>640 pictures, 3 × 32 × 32, 4 classes: healthy, rust, …</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Count} pictures, {Channels} × {Height} × {Width}, {ClassNames.Count} classes: {string.Join(", ", ClassNames)}");

    internal (int[] Train, int[] Test) SplitRows(double trainShare, int seed, bool stratified)
    {
        const string Row = "row";
        const string Label = "label";
        var table = new Table(Column.Of(Row, [.. Enumerable.Range(0, Count)]), Column.Of(Label, _labels));
        TableSplit split = stratified ? table.Split(trainShare, seed, Label) : table.Split(trainShare, seed);
        return (Rows(split.Train), Rows(split.Test));

        static int[] Rows(Table part) => Array.ConvertAll(part.Longs(Row).Values.ToArray(), row => (int)row);
    }
}
