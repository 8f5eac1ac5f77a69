using System.Diagnostics;
using System.Globalization;

namespace MlOps.Cli.Tests;

public sealed class TrackVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-track-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Server_UntilASignal_AnswersAndEndsWithZero(string signal)
    {
        using Process server = MlopsCommand.Start(MlopsCommand.RepositoryRoot, "track", "server", "--store", Store, "--port", "0");
        Task<string> errors = server.StandardError.ReadToEndAsync();
        string greeting = await server.StandardOutput.ReadLineAsync() ?? "";
        Assert.StartsWith("Tracking server: http://127.0.0.1:", greeting, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = new Uri(greeting.Split(' ')[2]) };

        Assert.Equal("OK", await http.GetStringAsync("health"));
        Assert.Contains("Default", await http.GetStringAsync("api/2.0/mlflow/experiments/get?experiment_id=0"), StringComparison.Ordinal);

        using Process kill = Process.Start("/bin/kill", [$"-{signal}", server.Id.ToString(CultureInfo.InvariantCulture)])!;
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((0, ""), (server.ExitCode, await errors));
        Assert.Contains("MLFLOW_TRACKING_URI=http://127.0.0.1:", await server.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Server_BeyondThisMachineWithoutToken_IsBadInput()
    {
        CommandResult result = MlopsCommand.Run("track", "server", "--store", Store, "--host", "0.0.0.0", "--port", "0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--insecure", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_StoreThatIsAServer_IsBadInput()
    {
        CommandResult result = MlopsCommand.Run("track", "server", "--store", "http://127.0.0.1:5000");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("not another server", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_TokenFileThatIsEmpty_IsBadInput()
    {
        string file = Path.Combine(_folder.FullName, "token.txt");
        File.WriteAllText(file, "\n");

        CommandResult result = MlopsCommand.Run("track", "server", "--store", Store, "--token-file", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("no token", result.Errors, StringComparison.Ordinal);
    }

    private string Store => $"sqlite:///{_folder.FullName}/tracking.db";
}
