using MlOps.Kernel.Engine;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Packages;

/// <summary><c>#r "nuget:…"</c> with the SDK of this machine and packages made in the test.</summary>
public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    [Fact]
    public async Task Run_PackageWithDependency_BothAreThereInTheSameCell()
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run("#r \"nuget: Beta, 1.0.0\"\nusing Alphas;\nnew Beta().Sum + new Alpha().Number");

        Succeeded(cell);
        Assert.Equal(21, cell.Value);
        DisplayOutput[] line = [.. cell.Outputs.OfType<DisplayOutput>()];
        Assert.Equal("Packages: Beta 1.0.0", line[^1].Bundle["text/plain"]);
        Assert.Single(line.Select(output => output.DisplayId).Distinct()); // one line that changes
        Assert.StartsWith("Restoring Beta 1.0.0 …", line[0].Bundle["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThreeRestoresInOneSession_ShareTheirTypes()
    {
        using Session session = feed.Open();

        RanCell last = await session.RunAll(
            "#r \"nuget:Alpha,1.0.0\"",
            "using Alphas; var first = new Alpha();",
            "#r \"nuget: Beta, 1.0.0\"\nvar second = new Beta();",
            "#r \"nuget: Delta, 1.0.0\"",
            "(first.Number, first.GetType() == second.Alpha.GetType(), new Delta().Sum)");

        Succeeded(last);
        Assert.Equal((10, true, 22), last.Value);
    }

    [Fact]
    public async Task Run_SeveralInOneCell_AnySpacing()
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run("#r \"nuget:Alpha,1.0.0\"\n  #r \"NuGet :\"\n1");
        Assert.Equal(CellStatus.CompileError, cell.Status); // "NuGet :" is no prefix: a file of that name is meant
        cell = await session.Run("#r \"nuget:   beta  ,   1.0.0  \"\n  # r \"nuget:Alpha,1.0.0\" // the older one\n(new Beta().Sum, new Alphas.Alpha().Number)");

        Succeeded(cell);
        Assert.Equal((11, 10), cell.Value);
    }

    [Theory]
    [InlineData("Alpha", 11)]
    [InlineData("Alpha, *-*", 20)]
    [InlineData("Alpha, [1.0.0,1.1.0]", 10)]
    public async Task Run_VersionAsNuGetWritesIt_ChoosesAsNuGetDoes(string package, int expected)
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run($"#r \"nuget: {package}\"\nnew Alphas.Alpha().Number");

        Succeeded(cell);
        Assert.Equal(expected, cell.Value);
    }

    [Fact]
    public async Task Run_AnsweredBefore_NeedsNeitherSdkNorSource()
    {
        using (Session first = feed.Open())
        {
            Succeeded(await first.RunAll("#r \"nuget: Beta, 1.0.0\"", "#r \"nuget: Delta, 1.0.0\""));
        }

        using Session second = feed.OpenWithoutSdk();
        RanCell last = await second.RunAll(
            "#r \"nuget: Beta, 1.0.0\"",
            "#r \"nuget: Delta, 1.0.0\"",
            "#r \"nuget: Beta, 1.0.0\"", // once more: nothing to do
            "#r \"nuget: Alpha\"", // in use as Beta's dependency
            "#r \"nuget: Beta\"\nnew Delta().Sum");

        Succeeded(last);
        Assert.Equal(22, last.Value);
        Assert.Equal("Packages: Beta 1.0.0", Assert.Single(last.Outputs.OfType<DisplayOutput>()).Bundle["text/plain"]);
    }

    [Fact]
    public async Task Run_SourceDoesNotAnswerButPackagesAreUnpacked_Works()
    {
        using (Session first = feed.Open())
        {
            Succeeded(await first.Run("#r \"nuget: Beta, 1.0.0\""));
        }

        using Session second = feed.Open(feed.Options with { CacheFolder = Path.Combine(feed.Offline, "answers") }, feed.Offline);
        RanCell cell = await second.Run("#r \"nuget: Beta, 1.0.0\"\nnew Beta().Sum");

        Succeeded(cell);
        Assert.Equal(11, cell.Value);
    }

    [Fact]
    public async Task Run_NewestVersionAskedLongAgo_IsAskedAgain()
    {
        using (Session first = feed.Open())
        {
            Succeeded(await first.Run("#r \"nuget: Alpha, 1.*\""));
        }

        using Session later = feed.Open(feed.Options with { FloatingLife = TimeSpan.Zero, SdkRoots = [] });

        Assert.Equal(CellStatus.CompileError, (await later.Run("#r \"nuget: Alpha, 1.*\"")).Status); // it went for the SDK, and there is none
    }

    [Fact]
    public async Task Run_SourceInTheSameCell_IsUsed()
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run("#i \"nuget:../other\" // a folder\n#r \"nuget: Private\"\nnew Private().V");

        Succeeded(cell);
        Assert.Equal(4, cell.Value);
    }

    [Fact]
    public async Task Run_SourceInAnEarlierCell_IsUsed()
    {
        using Session session = feed.Open();

        RanCell cell = await session.RunAll(
            $"#i \"nuget:{feed.Other}\"",
            $"MlOps.Kernel.Packages.CellPackages.AddSource(\"nuget:{feed.Other}\");", // the same by code, twice is fine
            "#r \"nuget: Private, 1.0.0\"\nnew Private().V");

        Succeeded(cell);
        Assert.Equal(4, cell.Value);
    }

    [GccFact]
    public async Task Run_NativeLibrary_IsLoaded()
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run("#r \"nuget: Native, 1.0.0\"\nNative.Add(2, 3)");

        Succeeded(cell);
        Assert.Equal(5, cell.Value);
    }

    [Fact]
    public async Task Run_PackageInALoadedFile_IsRestored()
    {
        await File.WriteAllTextAsync(Path.Combine(feed.Notebook, "tools.csx"), "#r \"nuget: Beta, 1.0.0\"\nint Twice() => new Beta().Sum * 2;");
        using Session session = feed.Open();

        RanCell cell = await session.Run("#load \"tools.csx\"\nTwice()");

        Succeeded(cell);
        Assert.Equal(22, cell.Value);
    }

    [Fact]
    public async Task Run_CellFailsAfterItsPackageCame_LaterCellsHaveIt()
    {
        using Session session = feed.Open();
        RanCell wrong = await session.Run("#r \"nuget: Beta, 1.0.0\"\nnew Betta()");
        RanCell thrown = await session.Run("#r \"nuget: Beta, 1.0.0\"\nthrow new Exception(\"\" + new Beta().Sum);");

        RanCell cell = await session.Run("new Beta().Sum");

        Assert.Equal("CS0246", wrong.Error.Name);
        Assert.Equal("11", thrown.Error.Message);
        Succeeded(cell);
        Assert.Equal(11, cell.Value);
    }

    [Fact]
    public async Task Run_DependencyNewerThanTheFramework_FrameworkStaysAndTheLineSaysSo()
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run("#r \"nuget: NeedsFuture, 1.0.0\"\nSystem.Text.Json.JsonSerializer.Serialize(new NeedsFuture().V)");

        Succeeded(cell);
        Assert.Equal("3", cell.Value);
        Assert.Contains("System.Text.Json 99.0.0 has System.Text.Json 99.0.0.0; the notebook's own", cell.Outputs.OfType<DisplayOutput>().Last().Bundle["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PackageForTheOldFramework_WorksWithANote()
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run("#r \"nuget: Ancient, 1.0.0\"\nnew Ancient().V");

        Succeeded(cell);
        Assert.Equal(6, cell.Value);
        Assert.Contains("Ancient was made for the old .NET Framework", cell.Outputs.OfType<DisplayOutput>().Last().Bundle["text/plain"], StringComparison.Ordinal);
    }

    private static void Succeeded(RanCell cell) => Assert.True(cell.Status == CellStatus.Ok, cell.Result.Error is null ? "" : cell.Traceback);
}
