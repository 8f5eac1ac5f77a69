using MlOps.Data.Images;

namespace MlOps.Data.Generators;

/// <summary>Made pictures of leaves from two made-up farm regions: healthy, or with one of three diseases.</summary>
/// <remarks>
/// <para>Every picture is painted by a program; none is a photograph. What is painted, and what it must not be used for, is set out in
/// datasets/leaf-images/README.md.</para>
/// <para>Equal arguments give equal bytes on every machine and number of threads: each picture has a random stream of its own, and the
/// arithmetic avoids functions whose last bit depends on the platform. Picture i is the same whatever the count.</para>
/// </remarks>
public static class LeafImages
{
    /// <summary>The seed of the committed files.</summary>
    public const int DefaultSeed = 2026;

    /// <summary>The pictures in the committed files.</summary>
    public const int DefaultCount = 640;

    internal const int Healthy = 0;
    internal const int Rust = 1;
    internal const int Blight = 2;
    internal const int Mildew = 3;
    internal const int Delta = 0;
    internal const int Hills = 1;

    private const string FactsFile = "leaf-images.csv";
    private const string PixelsFile = "leaf-pixels.idx";
    private const string MasksFile = "leaf-masks.idx";

    /// <summary>Gets the conditions, in order of their class index.</summary>
    public static IReadOnlyList<string> Conditions { get; } = ["healthy", "rust", "leaf blight", "powdery mildew"];

    /// <summary>Gets the regions.</summary>
    public static IReadOnlyList<string> Regions { get; } = ["delta", "hills"];

    /// <summary>Paints pictures. Of any four from the first on, each shows another condition.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Equal seeds give equal pictures.</param>
    /// <param name="options">Size, confounding and severity; null for those of the committed files.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static LeafImageSet Generate(int count = DefaultCount, int seed = DefaultSeed, LeafImagesOptions? options = null)
    {
        Guard.AtLeast(count, 1);
        options ??= new LeafImagesOptions();
        int area = options.Size * options.Size;
        byte[] pixels = new byte[checked(count * 3 * area)];
        byte[] masks = new byte[count * area];
        int[] labels = new int[count];
        int[] regions = new int[count];
        double[] severities = new double[count];
        Parallel.For(0, count, i =>
        {
            var random = new SplitMix64(seed, i);
            labels[i] = ConditionOf(i, seed);
            int home = labels[i] is Rust or Blight ? Hills : Delta;
            regions[i] = random.Happens((1 + options.Confounding) / 2) ? home : 1 - home;
            double severity = random.Next(options.MildestSeverity, 1);
            severities[i] = labels[i] == Healthy ? 0 : Math.Round(severity, 2);
            var painter = new LeafPainter(labels[i], regions[i], severities[i], options.Size, random);
            painter.Paint(pixels.AsSpan(i * 3 * area, 3 * area), masks.AsSpan(i * area, area), random);
        });
        var images = new ImageSet(3, options.Size, options.Size, pixels, labels, Conditions);
        return new LeafImageSet(images, Facts(labels, regions, severities, masks, area), masks);
    }

    /// <summary>Reads the committed files.</summary>
    /// <param name="path">leaf-images.csv; leaf-pixels.idx and leaf-masks.idx lie beside it.</param>
    /// <example><c>LeafImages.Read(DataSets.PathOf("leaf-images"))</c>.</example>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, the counts differ, or a condition is unknown.</exception>
    public static LeafImageSet Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Table facts = Table.ReadCsv(path);
        IdxArray pixels = IdxFile.Read(Path.Combine(folder, PixelsFile));
        IdxArray masks = IdxFile.Read(Path.Combine(folder, MasksFile));
        if (pixels.Dimensions is not [int count, 3, int height, int width] || count != facts.RowCount || !masks.Dimensions.SequenceEqual([count, height, width]))
        {
            throw new InvalidDataException($"{facts.RowCount} rows in {path} need as many pictures of three colours and masks of the same size; {PixelsFile} holds {string.Join(" × ", pixels.Dimensions)}, {MasksFile} {string.Join(" × ", masks.Dimensions)}.");
        }

        int[] labels = [.. facts.Texts("condition").Select(condition => LabelOf(condition, path))];
        return new LeafImageSet(new ImageSet(3, height, width, pixels.Values, labels, Conditions), facts, masks.Values);
    }

    /// <summary>Writes the three files that <see cref="Read"/> reads.</summary>
    internal static IReadOnlyList<string> Write(LeafImageSet set, string folder)
    {
        string[] files = [.. new[] { FactsFile, PixelsFile, MasksFile }.Select(name => Path.Combine(folder, name))];
        set.Facts.WriteCsv(files[0]);
        IdxFile.Write(files[1], set.Images.Pixels, set.Images.Count, set.Images.Channels, set.Images.Height, set.Images.Width);
        IdxFile.Write(files[2], set.Masks, set.Images.Count, set.Images.Height, set.Images.Width);
        return files;
    }

    /// <summary>Blocks of four pictures hold each condition once, in random order.</summary>
    private static int ConditionOf(int index, int seed)
    {
        var random = new SplitMix64(~seed, index / Conditions.Count);
        Span<int> order = [Healthy, Rust, Blight, Mildew];
        for (int i = 0; i < order.Length; i++)
        {
            int other = i + random.Next(order.Length - i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order[index % Conditions.Count];
    }

    private static int LabelOf(string? condition, string path)
    {
        for (int k = 0; k < Conditions.Count; k++)
        {
            if (Conditions[k] == condition)
            {
                return k;
            }
        }

        throw new InvalidDataException($"{path}: the condition '{condition}' is none of {string.Join(", ", Conditions)}.");
    }

    private static Table Facts(int[] labels, int[] regions, double[] severities, byte[] masks, int area)
    {
        double[] affected = new double[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<byte> mask = masks.AsSpan(i * area, area);
            int lesion = mask.Count((byte)2);
            affected[i] = Math.Round((double)lesion / (lesion + mask.Count((byte)1)), 4);
        }

        int n = 0;
        return new Table(
            Column.Of("image_id", Array.ConvertAll(labels, _ => FormattableString.Invariant($"LF-{++n:00000}"))),
            Column.Of("condition", Array.ConvertAll(labels, k => Conditions[k])),
            Column.Of("region", Array.ConvertAll(regions, r => Regions[r])),
            Column.Of("severity", severities),
            Column.Of("affected_share", affected));
    }
}
