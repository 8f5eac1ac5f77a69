using System.Xml.Linq;

namespace MlOps.Course.Tests;

/// <summary>Who may use whom. A reference that this list does not allow fails; change the list only on purpose.</summary>
public sealed class DependencyArrows
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["MlOps.Data"] = [],
        ["MlOps.Charts"] = [],
        ["MlOps.Learning"] = ["MlOps.Data", "MlOps.Charts"],
        // ONNX Runtime is a package, or a project that compiles its published sources.
        ["MlOps.Onnx"] = ["MlOps.Learning", "MlOps.Data", "Microsoft.ML.OnnxRuntime"],
        ["MlOps.Quantization"] = ["MlOps.Onnx", "MlOps.Learning", "MlOps.Data", "MlOps.Charts"],
        ["MlOps.Explain"] = ["MlOps.Onnx", "MlOps.Learning", "MlOps.Data", "MlOps.Charts"],
        ["MlOps.Serving"] = ["MlOps.Onnx", "MlOps.Data", "MlOps.Charts"],
        // Tracking, Drift, Fairness and Pipelines must be usable with anybody's model.
        ["MlOps.Tracking"] = ["MlOps.Data", "MlOps.Charts"],
        ["MlOps.Drift"] = ["MlOps.Data", "MlOps.Charts"],
        ["MlOps.Fairness"] = ["MlOps.Data", "MlOps.Charts"],
        ["MlOps.Pipelines"] = ["MlOps.Data", "MlOps.Charts"],
        ["MlOps.Llm"] = ["MlOps.Learning", "MlOps.Onnx", "MlOps.Data", "MlOps.Charts"],
        // Kernel and Grading know nothing of machine learning.
        ["MlOps.Kernel"] = [],
        // The report draws charts; the host holds students' code and therefore knows nothing at all.
        ["MlOps.Grading"] = ["MlOps.Kernel", "MlOps.Charts", "MlOps.Grading.Compiler", "MlOps.Grading.Host"],
        ["MlOps.Grading.Compiler"] = [],
        ["MlOps.Grading.Host"] = [],
    };

    public static TheoryData<string> Projects() =>
        new(Directory.EnumerateFiles(Repository.At("src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_UsesOnlyWhatItMay(string project)
    {
        if (project == "MlOps.Cli")
        {
            return; // only the command line sees everything
        }

        Assert.True(s_allowed.TryGetValue(project, out string[]? allowed), $"{project} is new: say in this test whom it may use.");
        Assert.Empty(References("src", project).Except(allowed));
    }

    [Fact]
    public void CommandLine_IsUsedByNobodyInSrc() =>
        Assert.DoesNotContain(Directory.EnumerateDirectories(Repository.At("src")), folder =>
            File.Exists(Path.Combine(folder, Path.GetFileName(folder) + ".csproj")) && References("src", Path.GetFileName(folder)).Contains("MlOps.Cli"));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_HasTests(string project) =>
        Assert.Contains(project, References("tests", (project is "MlOps.Grading.Host" or "MlOps.Grading.Compiler" ? "MlOps.Grading" : project) + ".Tests"));

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        string solution = File.ReadAllText(Repository.At("MlOpsCourse.sln")).Replace('\\', '/');
        foreach (string folder in new[] { "src", "tests", "bench" })
        {
            foreach (string path in Directory.EnumerateFiles(Repository.At(folder), "*.csproj", SearchOption.AllDirectories))
            {
                Assert.Contains(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), solution, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<string> References(string folder, string project) =>
        XDocument.Load(Repository.At(folder, project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
