using MlOps.Data.Images;
using MlOps.Onnx;

namespace MlOps.Quantization.Reading;

/// <summary>A folder of PNG pictures of the size that a model takes; sub-folders name classes.</summary>
internal static class ImageFolder
{
    internal const double ByteToShare = 1.0 / 255;

    /// <summary>The pictures in ordinal order of their paths, as one array of bytes, and the sub-folder of each; no labels if one lies in the folder itself.</summary>
    internal static (NumberArray Array, string[]? Labels) Read(string folder, IReadOnlyList<OnnxValue> inputs, CancellationToken cancellationToken)
    {
        OnnxValue input = inputs.Count == 1 ? inputs[0] : throw new ArgumentException($"{folder} holds pictures; the model has {inputs.Count} inputs ({string.Join(", ", inputs.Select(value => value.Name))}). Give an .npz file with an array for each.");
        string[] files = Files(folder);
        int[] size = SizeOf(input);
        using var pixels = new MemoryStream();
        foreach (string file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Picture picture = Png.Read(file).WithChannels(size[0]);
            (size[1], size[2]) = (size[1] > 0 ? size[1] : picture.Height, size[2] > 0 ? size[2] : picture.Width);
            if (picture.Height != size[1] || picture.Width != size[2])
            {
                throw new InvalidDataException($"{file} has {picture.Height} × {picture.Width} pixels; input '{input.Name}', {input.Describe()}, takes {size[1]} × {size[2]}. Resize the pictures as the model's training did.");
            }

            pixels.Write(picture.Pixels);
        }

        string[] labels = [.. files.Select(file => Path.GetDirectoryName(Path.GetRelativePath(folder, file))!)];
        var array = new NumberArray(folder, "u1", [files.Length, size[0], size[1], size[2]], pixels.ToArray());
        return (array, Array.Exists(labels, label => label.Length == 0) ? null : labels);
    }

    private static string[] Files(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file).Equals(".png", StringComparison.OrdinalIgnoreCase))];
        Array.Sort(files, StringComparer.Ordinal);
        if (files.Length > 0)
        {
            return files;
        }

        string[] kinds = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetExtension).OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(5)];
        throw new InvalidDataException($"{folder} holds neither PNG pictures nor input_0.pb{(kinds.Length == 0 ? "; it is empty" : $", but files of the kinds {string.Join(", ", kinds)}; other pictures have to be converted to PNG")}.");
    }

    /// <summary>Channels, height, width; 0 where the model takes any.</summary>
    private static int[] SizeOf(OnnxValue input) =>
        input.Dims is [_, 1 or 3 or -1, var height, var width]
            ? [input.Dims[1] == 1 ? 1 : 3, (int)Math.Max(0, height), (int)Math.Max(0, width)]
            : throw new ArgumentException($"Input '{input.Name}' takes {input.Describe()}; pictures go into N × 1 or 3 channels × height × width.");
}
