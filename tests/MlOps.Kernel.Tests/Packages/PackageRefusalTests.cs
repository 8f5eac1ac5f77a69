using System.Net;
using System.Net.Sockets;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Packages;

/// <summary>Packages that cannot be had: the error says why, at its line, and the session goes on.</summary>
public sealed class PackageRefusalTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    [Theory]
    [InlineData("No.Such.Package, 1.0", "NU1101", "There is no package 'No.Such.Package' in the-feed. Check the name, or add its source with #i \"nuget:…\".")]
    [InlineData("Alpha, 7.0.0", "NU1102", "Package 'Alpha' has no version 7.0.0. The nearest one is 2.0.0-beta.1 in the-feed.")]
    [InlineData("Preview", "NU1103", "Package 'Preview' has no stable version. The nearest one is 1.0.0-beta.1 in the-feed. To allow previews, name one, or write *-*.")]
    [InlineData("Orphan, 1.0.0", "NU1101", "There is no package 'NotAnywhere', which a package of this session needs, in the-feed. Check the name, or add its source with #i \"nuget:…\".")]
    public async Task Run_NotInTheSource_SaysWhatIsMissing(string package, string code, string expected)
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run($"#r \"nuget: {package}\"\nvar x = 1;");

        Assert.Equal(CellStatus.CompileError, cell.Status);
        Assert.Equal((code, expected), (cell.Error.Name, cell.Error.Message));
        Assert.Equal(2, (await session.Run("1 + 1")).Value);
    }

    [Fact]
    public async Task Run_SecondOfTwoIsMissing_PointsAtItsLineAndTakesNeither()
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run("#r \"nuget: Alpha, 1.0.0\"\n#r \"nuget: Missing, 1.0.0\"\nvar x = 1;");
        RanCell other = await session.Run("#r \"nuget: Alpha, 1.1.0\"\nnew Alphas.Alpha().Number"); // 1.0.0 is not in use

        Assert.StartsWith("cell 1, line 2, column 4: NU1101", cell.Error.Traceback[0], StringComparison.Ordinal);
        Assert.Equal(11, other.Value);
    }

    [Fact]
    public async Task Run_OtherVersionOfWhatIsInUse_AsksForARestart()
    {
        using Session session = feed.Open();
        await session.RunAll("#r \"nuget: Alpha, 1.0.0\"", "1");

        RanCell direct = await session.Run("#r \"nuget: Alpha, 1.1.0\"");
        RanCell indirect = await session.Run("#r \"nuget: Gamma, 1.0.0\"");

        Assert.Equal("Alpha 1.0.0 is already in use in this session, and this cell needs 1.1.0. Restart, and load the new version first.", direct.Error.Message);
        Assert.Equal("NU1605", indirect.Error.Name);
        Assert.Contains("Alpha", indirect.Error.Message, StringComparison.Ordinal);
        Assert.Contains("restart", indirect.Error.Message, StringComparison.Ordinal);
        Assert.Equal(10, (await session.Run("new Alphas.Alpha().Number")).Value);
    }

    [Fact]
    public async Task Run_FileOfTheSameNameInUse_AsksForARestart()
    {
        string path = feed.Build("Alpha", "namespace Alphas { public class Alpha { public int Number => 99; } }");
        using Session session = feed.Open();
        await session.RunAll($"#r \"{path}\"", "1");

        RanCell cell = await session.Run("#r \"nuget: Alpha, 1.0.0\"");

        Assert.Contains("Another build of Alpha than that of Alpha 1.0.0 is already in use", cell.Error.Message, StringComparison.Ordinal);
        Assert.Equal(99, (await session.Run("new Alphas.Alpha().Number")).Value);
    }

    [Fact]
    public async Task Run_NewerThanTheFramework_IsRefused()
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run("#r \"nuget: System.Text.Json, 99.0.0\"");

        Assert.Contains("System.Text.Json 99.0.0 has System.Text.Json 99.0.0.0, but the notebook's own program runs on System.Text.Json", cell.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NativeLibraryForOtherPlatforms_SaysWhich()
    {
        using Session session = feed.Open();

        RanCell cell = await session.Run("#r \"nuget: Elsewhere, 1.0.0\"\nElsewhere.Add(1, 2)");

        Assert.Equal("DllNotFoundException", cell.Error.Name);
        Assert.Contains("has the native library 'elsewhere' for osx-arm64, win-x64, but not for this platform", cell.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoSdk_SaysWhatToInstall()
    {
        using Session session = feed.OpenWithoutSdk();

        RanCell cell = await session.Run("#r \"nuget: Gamma, 1.0.0\"");

        Assert.Equal("CS0006", cell.Error.Name);
        Assert.Contains("needs the .NET SDK, and this machine has only a .NET runtime", cell.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerRefuses_SaysWhichAndDoesNotKeepIt()
    {
        using Session session = feed.Open();

        RanCell cell = await session.RunAll("#i \"nuget:https://localhost:1/v3/index.json\"", "#r \"nuget: Unheard.Of, 1.0.0\"");
        RanCell next = await session.Run("#r \"nuget: Alpha, 1.0.0\"\nnew Alphas.Alpha().Number");

        Assert.Equal("NU1301", cell.Error.Name);
        Assert.Contains("https://localhost:1/v3/index.json", cell.Error.Message, StringComparison.Ordinal);
        Assert.Equal(10, next.Value);
    }

    [Fact]
    public async Task Run_ServerNeverAnswers_CanBeInterrupted()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using Session session = feed.Open();
        using var stop = new CancellationTokenSource();

        Task<RanCell> running = session.Run($"#i \"nuget:https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/index.json\"\n#r \"nuget: Unheard.Of, 1.0.0\"", interrupt: stop.Token);
        using TcpClient waiting = await silent.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        RanCell cell = await running.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(CellStatus.Interrupted, cell.Status);
        Assert.Equal("Not restored: Unheard.Of 1.0.0", cell.Outputs.OfType<DisplayOutput>().Last().Bundle["text/plain"]);
        Assert.Equal(0, await waiting.GetStream().ReadAtLeastAsync(new byte[1 << 16], 1 << 16, throwOnEndOfStream: false).AsTask().WaitAsync(TimeSpan.FromMinutes(1)) >> 16); // the SDK hung up: it is gone
        Assert.Equal(10, (await session.Run("#r \"nuget: Alpha, 1.0.0\"\nnew Alphas.Alpha().Number")).Value);
    }

    [Fact]
    public async Task Run_RestoreTakesTooLong_IsStopped()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using Session session = feed.Open(feed.Options with { Limit = TimeSpan.FromSeconds(1) });

        RanCell cell = await session.Run($"#i \"nuget:https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/index.json\"\n#r \"nuget: Unheard.Of, 1.0.0\"");

        Assert.Equal("The restore was stopped: it took longer than 1 s. A package source may not answer.", cell.Error.Message);
    }

    [Theory]
    [InlineData("#r \"nuget:\"", "it names no package")]
    [InlineData("#r \"nuget: Alpha,\"", "the version after the comma is missing")]
    [InlineData("#r \"nuget: Alpha, newest\"", "'newest' is not a version")]
    [InlineData("#r \"nuget: Alpha, 1.0.0\" \n#r \"nuget: Alpha, 1.1.0\"", "This cell asks for Alpha twice: 1.0.0 and 1.1.0. Keep one.")]
    [InlineData("#r \"nuget: Alpha, 1.0, 2.0\"", "'1.0, 2.0' is not a version")]
    [InlineData("#r \"nuget: ../Alpha\"", "'../Alpha' is not the name of a package")]
    [InlineData("#r \"nuget: $(Evil)\"", "is not the name of a package")]
    [InlineData("#i \"nuget:no/such/folder\"", "names a folder that does not exist")]
    [InlineData("#i \"nuget:ftp://server\"", "a package source is an https address or a folder")]
    [InlineData("#i \"nuget:\"", "names no package source")]
    [InlineData("#i nuget.org", "Write #i \"nuget:https://server/index.json\"")]
    public async Task Run_MalformedDirective_OneClearErrorAtItsLine(string directive, string expected)
    {
        using Session session = feed.OpenWithoutSdk();

        RanCell cell = await session.Run($"// a comment\n{directive}\nvar x = 1;");

        Assert.Equal(CellStatus.CompileError, cell.Status);
        Assert.Contains(expected, cell.Error.Message, StringComparison.Ordinal);
        Assert.Equal(3, cell.Error.Traceback.Count);
        Assert.StartsWith("cell 1, line 2, ", cell.Error.Traceback[0], StringComparison.Ordinal);
        Assert.Equal("    " + directive.Split('\n')[0], cell.Error.Traceback[1]);
    }

    [Theory]
    [InlineData("\"\"\"\n#i \"nuget:nowhere\"\n\"\"\".Length", 18)]
    [InlineData("/*\n#i \"nuget:nowhere\"\n*/ 5", 5)]
    [InlineData("#if false\n#i \"nuget:nowhere\"\n#endif\n6", 6)]
    public async Task Run_DirectiveThatIsOnlyText_StaysText(string cell, int expected)
    {
        using Session session = feed.OpenWithoutSdk();

        RanCell ran = await session.Run(cell);
        Assert.True(ran.Result.Error is null, ran.Result.Error is null ? "" : ran.Traceback);
        Assert.Equal(expected, ran.Value);
    }
}
