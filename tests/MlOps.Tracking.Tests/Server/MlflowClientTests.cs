using System.Diagnostics;
using MlOps.Drift.Tests.Sql;
using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Server;

/// <summary>The oracle is <c>mlflow_client.py</c>: a client in another language, written from the description of MLflow's interface.</summary>
public sealed class MlflowClientTests
{
    [Fact]
    public void EveryCheck_OnSqlite_Passes()
    {
        using var served = new ServerOnSqlite();
        AssertPasses(served.Address);
    }

    [PostgresFact]
    public void EveryCheck_OnPostgreSql_Passes()
    {
        DirectoryInfo files = Directory.CreateTempSubdirectory("mlops-server-");
        try
        {
            using var database = new PostgresServer();
            var connection = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString);
            using ITrackingStore store = TrackingStore.Open(
                $"postgresql://{connection.Username}@{connection.Host}:{connection.Port}/{connection.Database}", new StoreOptions { ArtifactRoot = files.FullName });
            using var server = TrackingServer.Start(store, new ServerOptions { Port = 0 });
            AssertPasses(server.Address);
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    private static void AssertPasses(Uri address)
    {
        string client = Path.Combine(AppContext.BaseDirectory, "Server", "mlflow_client.py");
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-B", client, address.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] failures = [.. output.Split('\n').Where(line => line.StartsWith("FAIL", StringComparison.Ordinal))];
        Assert.True(failures.Length == 0 && process.ExitCode == 0, string.Join('\n', failures) + errors.Result);
        Assert.Contains("0 failed", output, StringComparison.Ordinal);
    }
}
