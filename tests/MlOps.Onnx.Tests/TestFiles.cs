namespace MlOps.Onnx.Tests;

/// <summary>The files that Python's onnx made (Files/make.py), and files of the tests' own that go away with them.</summary>
internal static class TestFiles
{
    internal static string At(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name);

    internal static OnnxFile Load(string name) => OnnxFile.Load(At(name));

    internal static TheoryData<string> All() => new(Directory.EnumerateFiles(At(""), "*.onnx").Select(path => Path.GetFileName(path)).Order());
}
