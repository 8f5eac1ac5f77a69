using MlOps.Data.Images.Internals;

namespace MlOps.Data.Images;

/// <summary>Reads CIFAR-10 in its binary version: 32 × 32 colour pictures of ten kinds of things.</summary>
/// <remarks>A record is one byte of label and 3,072 bytes of pixels: red, green and blue, each 32 rows of 32. A batch file has 10,000
/// records; any number is read.
/// <para>Source: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images" (2009), and the data set's page.</para></remarks>
public static class Cifar10
{
    private const int Channels = 3;
    private const int Side = 32;
    private const int PixelsPerRecord = Channels * Side * Side;
    private const int RecordLength = 1 + PixelsPerRecord;

    /// <summary>Gets the names of the classes 0 to 9.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads one or more batch files, in the order given.</summary>
    /// <param name="paths">Files such as data_batch_1.bin, plain or packed with gzip.</param>
    /// <exception cref="ArgumentException">No file is named.</exception>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is not made of whole records, or a label is above 9.</exception>
    public static ImageSet Read(params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw new ArgumentException("At least one batch file is needed.", nameof(paths));
        }

        byte[][] batches = [.. paths.Select(ReadBatch)];
        int count = batches.Sum(batch => batch.Length / RecordLength);
        byte[] pixels = new byte[checked(count * PixelsPerRecord)];
        int[] labels = new int[count];
        int i = 0;
        foreach (byte[] batch in batches)
        {
            for (int start = 0; start < batch.Length; start += RecordLength, i++)
            {
                labels[i] = batch[start];
                batch.AsSpan(start + 1, PixelsPerRecord).CopyTo(pixels.AsSpan(i * PixelsPerRecord));
            }
        }

        return new ImageSet(Channels, Side, Side, pixels, labels, ClassNames);
    }

    private static byte[] ReadBatch(string path)
    {
        byte[] batch = BinaryFile.ReadAll(path, expectedHash: null);
        if (batch.Length == 0 || batch.Length % RecordLength != 0)
        {
            throw new InvalidDataException($"{path} has {batch.Length} bytes; records of {RecordLength} are needed, and at least one.");
        }

        for (int start = 0; start < batch.Length; start += RecordLength)
        {
            if (batch[start] >= ClassNames.Count)
            {
                throw new InvalidDataException($"{path}: record {start / RecordLength} has label {batch[start]}; 0 to {ClassNames.Count - 1} are known.");
            }
        }

        return batch;
    }
}
