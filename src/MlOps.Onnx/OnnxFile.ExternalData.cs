using System.Globalization;
using Google.Protobuf;

namespace MlOps.Onnx;

public sealed partial class OnnxFile
{
    /// <summary>Lists every constant of the file: initialisers and tensors in attributes, also in nested graphs and functions.</summary>
    public IEnumerable<OnnxTensor> Tensors() =>
        (Graph is null ? [] : Graph.Tensors()).Concat(Functions.SelectMany(function => function.Node.SelectMany(node => node.Tensors())));

    /// <summary>Reads the values that lie in other files into this one, which can then be saved and sent as one file.</summary>
    /// <param name="folder">The folder of the model's file; the other files lie in it or below.</param>
    /// <exception cref="OnnxException">A file is missing, too short, or outside the folder; the message names tensor and file.</exception>
    public void EmbedExternalData(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        foreach (OnnxTensor tensor in Tensors().Where(tensor => tensor.IsExternal))
        {
            tensor.RawData = ByteString.CopyFrom(ReadExternal(tensor, folder));
            tensor.DataLocation = OnnxDataLocation.Default;
            tensor.ExternalData.Clear();
        }
    }

    private static byte[] ReadExternal(OnnxTensor tensor, string folder)
    {
        string location = Entry(tensor, "location") ?? throw new OnnxException($"Tensor '{tensor.Name}': its values are in another file, which is not named.");
        string root = Path.GetFullPath(folder);
        string path = Path.GetFullPath(Path.Combine(root, location));
        // A model that was downloaded must not read any file it likes.
        if (!path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new OnnxException($"Tensor '{tensor.Name}': {location} is outside the folder of the model.");
        }

        if (!File.Exists(path))
        {
            throw new OnnxException($"Tensor '{tensor.Name}': the file with its values, {path}, is missing.");
        }

        using FileStream stream = File.OpenRead(path);
        long offset = Number(tensor, "offset") ?? 0;
        long length = Number(tensor, "length") ?? stream.Length - offset;
        if (offset < 0 || length < 0 || length > stream.Length - offset || length > Array.MaxLength)
        {
            throw new OnnxException(FormattableString.Invariant($"Tensor '{tensor.Name}': {location} has {stream.Length} bytes; {length} from byte {offset} on are asked for."));
        }

        byte[] bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string? Entry(OnnxTensor tensor, string key) => tensor.ExternalData.LastOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(OnnxTensor tensor, string key) =>
        Entry(tensor, key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
        : throw new OnnxException($"Tensor '{tensor.Name}': {key} '{text}' of its values is no number.");
}
