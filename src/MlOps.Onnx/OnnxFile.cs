using Google.Protobuf;

namespace MlOps.Onnx;

/// <remarks><c>OnnxFile.Load("model.onnx").Graph.Node</c> lists its operations; change what you like and <see cref="Save"/> it.</remarks>
public sealed partial class OnnxFile
{
    private const long MostBytes = int.MaxValue; // what protocol buffers can hold

    /// <summary>Reads a file. Values that lie in other files stay there; <see cref="EmbedExternalData"/> brings them in.</summary>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="OnnxException">It is no ONNX file, or only the beginning of one.</exception>
    public static OnnxFile Load(string path)
    {
        if (Directory.Exists(path))
        {
            throw new OnnxException($"{path} is a folder, not an ONNX file. Name the file in it.");
        }

        using FileStream stream = File.OpenRead(path);
        if (stream.Length > MostBytes)
        {
            throw new OnnxException($"{path} has {stream.Length} bytes; an ONNX file has 2 GB at most. Larger models keep their values in a file beside it.");
        }

        try
        {
            OnnxFile file = Parser.ParseFrom(stream);
            return file.Graph is null ? throw new OnnxException($"{path} is no ONNX model: there is no graph in it.") : file;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new OnnxException($"{path} is no ONNX model, or was cut off: {e.Message}", e);
        }
    }

    /// <summary>Writes the file: first beside it, then in its place, so that a crash leaves the old one whole.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string unfinished = path + ".unfinished";
        try
        {
            using (FileStream stream = File.Create(unfinished))
            {
                this.WriteTo(stream);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished); // there only if writing failed
        }
    }
}
