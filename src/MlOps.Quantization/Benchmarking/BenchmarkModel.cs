using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Benchmarking;

/// <summary>A model to be measured, under a name for tables and charts.</summary>
/// <param name="Name">What people call it; unlike the others' names.</param>
/// <param name="File">The model with all its values: none in another file.</param>
/// <param name="Bytes">Its size where it is stored, in bytes, values in other files included.</param>
/// <param name="Path">Where it is stored; null if it is only in memory.</param>
public sealed record BenchmarkModel(string Name, OnnxFile File, long Bytes, string? Path = null)
{
    /// <summary>A model that is in memory; its size is that of the file it would be.</summary>
    public static BenchmarkModel Of(string name, OnnxFile file)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(file);
        return new BenchmarkModel(name, file, file.CalculateSize());
    }

    /// <summary>Reads a model's file, and the values that lie in files beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call it; the file's name when null.</param>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="OnnxException">It is no ONNX file, was cut off, or a file with its values is missing; the message names it.</exception>
    public static BenchmarkModel Load(string path, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!System.IO.File.Exists(path) && !Directory.Exists(path)) // of a folder OnnxFile says that it is one
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        OnnxFile file = OnnxFile.Load(path);
        long bytes = new FileInfo(path).Length + file.Tensors().Where(tensor => tensor.IsExternal).Sum(Stored);
        file.EmbedExternalData(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        return new BenchmarkModel(name ?? System.IO.Path.GetFileName(path), file, bytes, path);
    }

    /// <summary>Starts it: from where it is stored if it is.</summary>
    internal OnnxModel Open(OnnxModelOptions options) => Path is null ? OnnxModel.Open(File, options) : OnnxModel.Load(Path, options);

    // Two tensors may share a file, so the files' own lengths would count it twice.
    private static long Stored(OnnxTensor tensor) => new ValueShape(tensor.Name, tensor.DataType, tensor.Dims).Bytes;
}
