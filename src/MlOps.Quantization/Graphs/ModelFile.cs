using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Reads a model's file whole: with the values that lie in other files beside it.</summary>
public static class ModelFile
{
    /// <summary>Reads a file and brings values from other files in, so that everything that changes weights sees them.</summary>
    /// <param name="path">The model's file; the other files lie in its folder or below.</param>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="OnnxException">It is no ONNX file or only the beginning of one, or a file with values is missing, too short or outside the folder.</exception>
    public static OnnxFile Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        OnnxFile file = OnnxFile.Load(path);
        file.EmbedExternalData(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return file;
    }
}
