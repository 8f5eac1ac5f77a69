using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using MlOps.Cli.Verbs;
using MlOps.Drift.Tests.Sql;
using Npgsql;

namespace MlOps.Cli.Tests;

/// <summary>Sources in a database. Oracle: the same rows as CSV files.</summary>
public sealed class SqlDriftTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-database-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Drift_Sqlite_AgreesWithTheSameRowsInFiles()
    {
        Sqlite("CREATE TABLE loans (month INTEGER, amount REAL, kind TEXT)", Values("loans"));
        string address = $"sqlite:{At("data.db")}?table=loans";
        CommandResult result = MlopsCommand.Run("drift", $"{address}&where=month < 2", $"{address}&where=month%20%3D 2", "--columns", "amount,kind", "--json", "--fail-on", "moderate");
        CommandResult files = MlopsCommand.Run("drift", Csv("a.csv", month: 1), Csv("b.csv", month: 2), "--columns", "amount,kind", "--json");

        Assert.True(result.ExitCode == 1, result.Errors);
        JsonNode inSql = JsonNode.Parse(result.Output)!;
        Assert.Equal("sqlite", (string)inSql["sql"]!["engine"]!);
        Equal(JsonNode.Parse(files.Output)!, inSql);
        Assert.Contains("loans where month = 2: column 'amount' has 1 of 300 values missing", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_SqliteCells_GivesAnEstimateWithItsErrorAndAPage()
    {
        Sqlite("CREATE TABLE loans (month INTEGER, amount REAL, kind TEXT)", Values("loans"));
        string address = $"sqlite:{At("data.db")}?query=SELECT amount FROM loans WHERE month = ";
        CommandResult result = MlopsCommand.Run("drift", address + "1", address + "2", "--cells", "64", "--html", At("page.html"));
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("approximate, 64 cells", result.Output, StringComparison.Ordinal);
        Assert.Contains("<svg", File.ReadAllText(At("page.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_TableThatIsNotThere_EndsWith2AndNamesThose()
    {
        Sqlite("CREATE TABLE loans (month INTEGER, amount REAL, kind TEXT)", Values("loans"));
        CommandResult result = MlopsCommand.Run("drift", $"sqlite:{At("data.db")}?table=loan", $"sqlite:{At("data.db")}?table=loans");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("There is no table 'loan' for the reference. There are: loans.", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Drift_TwoDatabases_AreRefused()
    {
        Sqlite("CREATE TABLE loans (month INTEGER, amount REAL, kind TEXT)");
        File.Copy(At("data.db"), At("other.db"));
        CommandResult result = MlopsCommand.Run("drift", $"sqlite:{At("data.db")}?table=loans", $"sqlite:{At("other.db")}?table=loans");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("are two databases; the engine can only compare what it holds itself", result.Errors, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Drift_Postgres_AgreesWithTheSameRowsInFilesAndHidesThePassword()
    {
        using var server = new PostgresServer();
        server.Run("CREATE TABLE loans (month integer, amount double precision, kind text)");
        server.Run(Values("loans"));
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        string address = $"postgresql://course:hush@127.0.0.1:{settings.Port}/postgres?table=loans";
        CommandResult result = MlopsCommand.Run("drift", $"{address}&where=month = 1", $"{address}&where=month = 2", "--columns", "amount,kind", "--json");
        CommandResult files = MlopsCommand.Run("drift", Csv("a.csv", month: 1), Csv("b.csv", month: 2), "--columns", "amount,kind", "--json");
        CommandResult noTable = MlopsCommand.Run("drift", address.Replace("loans", "nothing", StringComparison.Ordinal), address);

        Assert.True(result.ExitCode == 0, result.Errors);
        Equal(JsonNode.Parse(files.Output)!, JsonNode.Parse(result.Output)!);
        Assert.Equal(2, noTable.ExitCode);
        Assert.Contains($"postgresql://course@127.0.0.1:{settings.Port}/postgres", noTable.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", noTable.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_NoServer_EndsWith2AndShowsNoPassword()
    {
        const string Address = "postgresql://me:hush@127.0.0.1:1/risk?table=";
        CommandResult result = MlopsCommand.Run("drift", Address + "a", Address + "b");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("postgresql://me@127.0.0.1:1/risk, a v. b: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Failed to connect to 127.0.0.1:1", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://me:hush@host:6000/risk?table=a&sslmode=require", "host", 6000, "me", "hush", "risk", SslMode.Require)]
    [InlineData("postgres://me%40home:hu%2Fsh@host/r%20k?table=a", "host", 5432, "me@home", "hu/sh", "r k", SslMode.Prefer)]
    [InlineData("postgresql://host?table=a", "host", 5432, null, null, null, SslMode.Prefer)]
    public void Read_Address_BecomesAConnection(string address, string host, int port, string? user, string? password, string? database, SslMode mode)
    {
        SqlAddress read = SqlAddress.Read(address);
        var built = new NpgsqlConnectionStringBuilder(read.Connection.ConnectionString);
        Assert.Equal((host, port, user, password, database, mode), (built.Host, built.Port, built.Username, built.Password, built.Database, built.SslMode));
        Assert.DoesNotContain("hu", read.Shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://me:hu/sh@host/risk?table=a", "has the form")]
    [InlineData("postgresql://me:12/hush@host/risk?table=a", "has the form")]
    [InlineData("postgresql://me:12?hush@host/risk?table=a", "has the form")]
    [InlineData("postgresql://me:hush@host/risk", "name the rows by ?table=NAME")]
    [InlineData("postgresql://me:hush@host/risk?table=a&query=select 1", "name the rows by ?table=NAME")]
    [InlineData("postgresql://me:hush@host/risk?query=select 1&where=x", "name the rows by ?table=NAME")]
    [InlineData("postgresql://me:hush@host/risk?query=drop table a", "A query begins with SELECT")]
    [InlineData("postgresql://me:hush@host/risk?table=a&table=b", "says 'table' twice")]
    [InlineData("postgresql://me@host/risk?table=a&pasword=hush", "no setting 'pasword'")]
    public void Read_BadAddress_IsRefusedWithoutItsPassword(string address, string told)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => SqlAddress.Read(address));
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Statistics and p-values to 1e-9, which is more than a sum in another order costs.</summary>
    private static void Equal(JsonNode files, JsonNode sql)
    {
        Assert.Equal(files["rows"]!.ToJsonString(), sql["rows"]!.ToJsonString());
        foreach ((JsonNode? expected, JsonNode? actual) in files["columns"]!.AsArray().Zip(sql["columns"]!.AsArray()))
        {
            Assert.Equal((string)expected!["column"]!, (string)actual!["column"]!);
            Assert.Equal((string)expected["level"]!, (string)actual["level"]!);
            foreach ((JsonNode? test, JsonNode? same) in expected["tests"]!.AsArray().Zip(actual["tests"]!.AsArray()))
            {
                Assert.Equal((string)test!["name"]!, (string)same!["name"]!);
                Assert.Equal((double)test["statistic"]!, (double)same["statistic"]!, 1e-9);
                Assert.Equal((double?)test["pValue"] ?? -1, (double?)same["pValue"] ?? -1, 1e-9);
            }
        }
    }

    /// <summary>300 rows a month; in the second, amounts are larger and kind c is gone.</summary>
    private static IEnumerable<(int Month, string Amount, string Kind)> Rows() =>
        from month in (int[])[1, 2]
        from i in Enumerable.Range(0, 300)
        select (month, i == 7 ? "" : $"{(i * 37 % 300) + (100 * month)}.5", month == 2 && i % 3 == 2 ? "a" : $"{"abc"[i % 3]}");

    private static string Values(string table) =>
        $"INSERT INTO {table} VALUES {string.Join(", ", Rows().Select(row => $"({row.Month}, {(row.Amount.Length > 0 ? row.Amount : "NULL")}, '{row.Kind}')"))}";

    private string Csv(string name, int month)
    {
        File.WriteAllLines(At(name), Rows().Where(row => row.Month == month).Select(row => $"{row.Amount},{row.Kind}").Prepend("amount,kind"));
        return At(name);
    }

    private void Sqlite(params string[] statements)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={At("data.db")};Pooling=false");
        connection.Open();
        foreach (string statement in statements)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
