using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

public sealed class ReferenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_RelativeReference_StartsAtTheNotebookAndLeavesTheFileFree()
    {
        string path = Build("Tool", "public class Tool { public int V => 5; }");
        using var session = Open();

        RanCell first = await session.RunAll("#r \"Tool.dll\"", "new Tool().V");
        File.Delete(path);
        RanCell later = await session.Run("new Tool().V + 1");

        Assert.Equal(5, first.Value);
        Assert.Equal(6, later.Value);
    }

    [Fact]
    public async Task Run_ReferenceAndUseInOneCell_Works()
    {
        Build("Tool", "namespace Deep { public class Tool { public int V => 5; } }");
        using var session = Open();

        Assert.Equal(5, (await session.Run("#r \"Tool.dll\"\nusing Deep;\nnew Tool().V")).Value);
    }

    [Fact]
    public async Task Run_ReferenceWithDependencyBesideIt_LoadsBoth()
    {
        string basis = Build("Basis", "public class Basis { public int V => 7; }");
        Build("Upper", "public class Upper : Basis { }", basis);
        using var session = Open();

        RanCell last = await session.RunAll("#r \"Upper.dll\"", "new Upper().V");

        Assert.True(last.Status == CellStatus.Ok, last.Result.Error is null ? "" : last.Traceback);
        Assert.Equal(7, last.Value);
    }

    [Fact]
    public async Task Run_RebuiltReference_SaysThatARestartIsNeeded()
    {
        Build("Tool", "public class Tool { public int V => 1; }");
        using var session = Open();
        await session.RunAll("#r \"Tool.dll\"", "new Tool()");

        Build("Tool", "public class Tool { public int V => 2; }");
        RanCell cell = await session.Run("#r \"Tool.dll\"\nnew Tool().V");

        Assert.Equal(CellStatus.CompileError, cell.Status);
        Assert.Contains("restart to load the new one", cell.Error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await session.Run("new Tool().V")).Value);
    }

    [Fact]
    public async Task Run_ReferenceOfTheHost_IsTheHostsCopy()
    {
        using var session = new Session(new EngineOptions { References = [typeof(ReferenceTests).Assembly] });

        RanCell last = await session.RunAll($"#r \"{typeof(ReferenceTests).Assembly.Location.Replace('\\', '/')}\"", "typeof(MlOps.Kernel.Tests.Engine.ReferenceTests)");

        Assert.Same(typeof(ReferenceTests), last.Value);
    }

    [Fact]
    public async Task Run_ReferencePathsOfOptions_AreThereFromTheStart()
    {
        Build("Tool", "public class Tool { public int V => 5; }");
        using var session = new Session(new EngineOptions { WorkingDirectory = _folder, ReferencePaths = ["Tool.dll"] });

        Assert.Equal(5, (await session.Run("new Tool().V")).Value);
    }

    [Theory]
    [InlineData("project: a/b.csproj", "names a project, which notebooks do not build")]
    [InlineData("sub/nowhere.dll", "names a file that does not exist")]
    [InlineData("text.dll", "is not a .NET assembly")]
    [InlineData("empty.dll", "is not a .NET assembly")]
    public async Task Run_BadReference_OneClearError(string reference, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "text.dll"), "not an assembly at all, only some text in a file");
        await File.WriteAllTextAsync(Path.Combine(_folder, "empty.dll"), "");
        using var session = Open();

        RanCell cell = await session.Run($"#r \"{reference}\"\nvar x = 1;");

        Assert.Equal(CellStatus.CompileError, cell.Status);
        Assert.Equal("CS0006", cell.Error.Name);
        Assert.Contains(expected, cell.Error.Message, StringComparison.Ordinal);
        Assert.Equal(3, cell.Error.Traceback.Count); // place, line, caret: nothing twice
    }

    [Fact]
    public async Task Run_FrameworkAssemblyByName_IsFine()
    {
        using var session = Open();

        Assert.Equal(CellStatus.Ok, (await session.Run("#r \"System.Net.Http\"\nnew System.Net.Http.HttpClient().Timeout.TotalSeconds")).Status);
    }

    private Session Open() => new(new EngineOptions { WorkingDirectory = _folder });

    private string Build(string name, string code, params string[] references)
    {
        string path = Path.Combine(_folder, name + ".dll");
        var result = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [.. references.Append(typeof(object).Assembly.Location).Select(file => MetadataReference.CreateFromFile(file))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path);
        Assert.True(result.Success);
        return path;
    }
}
