using MlOps.Kernel.Engine;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages.Sql;

/// <summary>Connections: files, other providers, stops.</summary>
public sealed class SqlConnectTests : IDisposable
{
    private readonly SqlNotebook _notebook = new();

    [PythonSqliteFact]
    public async Task Connect_FileMadeByPython_IsReadAndWritten()
    {
        string file = _notebook.File("sales.db");
        PythonSqliteFactAttribute.Run(file, "CREATE TABLE sale (id INTEGER, price REAL); INSERT INTO sale VALUES (1, 9.5), (2, NULL)");

        Assert.Equal($"#!sql-sales is connected to {file} (1 table: sale)", SqlNotebook.Text(await _notebook.Connect($"sqlite --kernel-name sales \"Data Source={file}\"")));
        await _notebook.CSharp("var extra = new[] { new { Id = 3, Price = 1.25 } };");
        string shown = SqlNotebook.Text(await _notebook.SqlOn("sales", "INSERT INTO sale SELECT Id, Price FROM extra; SELECT * FROM sale"));

        Assert.EndsWith("id  price\n 1    9.5\n 2   NULL\n 3   1.25\n3 rows", shown, StringComparison.Ordinal);
        Assert.Equal("[(3, 10.75)]", PythonSqliteFactAttribute.Run(file, "SELECT count(*), sum(price) FROM sale"));
        Assert.Equal("[('sale',)]", PythonSqliteFactAttribute.Run(file, "SELECT name FROM sqlite_master")); // nothing of the C# table has got into the file
    }

    [Fact]
    public async Task Connect_BarePathAndAgain_ReplacesTheConnection()
    {
        string first = _notebook.File("first.db");
        string second = _notebook.File("second one.db");

        Assert.Equal($"#!sql-x is connected to {first} (no table yet)", SqlNotebook.Text(await _notebook.Connect($"sqlite --kernel-name x {first}")));
        SqlNotebook.Text(await _notebook.SqlOn("x", "CREATE TABLE a (i); CREATE TABLE b (i)"));
        SqlNotebook.Text(await _notebook.Connect($"sqlite --kernel-name x '{second}'"));

        Assert.StartsWith("no such table: a", SqlNotebook.Refusal(await _notebook.SqlOn("x", "SELECT * FROM a")), StringComparison.Ordinal);
        Assert.EndsWith("(2 tables: a, b)", SqlNotebook.Text(await _notebook.Connect($"sqlite --kernel-name y --connection-string {first}")), StringComparison.Ordinal);
        Assert.StartsWith("There is no connection 'z'. There are: x, y.", SqlNotebook.Refusal(await _notebook.SqlOn("z", "SELECT 1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_WhatIsNoDatabase_SaysSo()
    {
        string text = _notebook.File("notes.txt");
        await File.WriteAllTextAsync(text, new string('x', 5000));

        Assert.StartsWith($"SQLite cannot open '{text}': file is not a database.", SqlNotebook.Refusal(await _notebook.Connect($"sqlite --kernel-name x {text}")), StringComparison.Ordinal);
        Assert.Contains("unable to open database file", SqlNotebook.Refusal(await _notebook.Connect($"sqlite --kernel-name x {_notebook.File("no/such/folder.db")}")), StringComparison.Ordinal);
        Assert.Contains("'nonsense'", SqlNotebook.Refusal(await _notebook.Connect("sqlite --kernel-name x \"Nonsense=1\"")), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", "#!connect needs a kind of database.")]
    [InlineData("sqlite x.db", "#!connect needs a name for the connection.")]
    [InlineData("sqlite --kernel-name x", "#!connect needs one connection string, in quotes if it holds blanks; got 0.")]
    [InlineData("sqlite --kernel-name x Data Source=x.db", "#!connect needs one connection string, in quotes if it holds blanks; got 2.")]
    [InlineData("sqlite --kernel-name 'a b' x.db", "A connection's name is made of letters, digits, '-' and '_'; got 'a b'.")]
    [InlineData("oracle --kernel-name x x.db", "There is no kind of database 'oracle' here; there are: sqlite. Any ADO.NET provider can be added in a C# cell: MlOps.Kernel.Languages.Sql.SqlConnections.Register(\"oracle\"")]
    public async Task Connect_WrongArguments_SaysWhatIsNeeded(string arguments, string message) =>
        Assert.StartsWith(message, SqlNotebook.Refusal(await _notebook.Connect(arguments)), StringComparison.Ordinal);

    [Fact]
    public async Task Register_AnyProvider_RunsQueriesOnIt()
    {
        // ADO.NET is the seam: SQLite's own provider stands for any other, and the C# tables by name are not there.
        using var session = new Session(new EngineOptions { References = [typeof(Microsoft.Data.Sqlite.SqliteConnection).Assembly] });
        await session.Run("var least = 2; MlOps.Kernel.Languages.Sql.SqlConnections.Register(\"other\", text => new Microsoft.Data.Sqlite.SqliteConnection(text));");
        SqlNotebook.Text(await session.Run(MlOps.Kernel.Languages.Sql.SqlDirectives.Connect("other --kernel-name o \"Data Source=:memory:\"")));

        RanCell shown = await session.Run("#!sql-o\nCREATE TABLE t (x); INSERT INTO t VALUES (1), (2), (3); SELECT x FROM t WHERE x >= @least; SELECT '@least' AS y");
        RanCell wrong = await session.Run("#!sql-o\nSELECT * FROM missing");
        RanCell stopped = await session.Run("#!sql-o --name kept\nSELECT x FROM t");

        Assert.Equal("x\n2\n3\n2 rows\n\ny\n@least\n1 row\n\n3 rows changed", SqlNotebook.Text(shown));
        Assert.Contains("no such table: missing", SqlNotebook.Refusal(wrong), StringComparison.Ordinal);
        Assert.Equal("x\n1\n2\n3\n3 rows", SqlNotebook.Text(stopped));
    }

    [Theory]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", "")]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", "--name x")]
    [InlineData("CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", "")]
    [InlineData("SELECT count(*) FROM endless", "")]
    public async Task Run_QueryWithoutEnd_StopsAndTheConnectionGoesOn(string query, string arguments)
    {
        await _notebook.CSharp("IEnumerable<int> Numbers() { while (true) yield return 1; } var endless = Numbers().Select(i => new { I = i });");
        await _notebook.Shown("CREATE TABLE kept AS SELECT 7 AS x");
        using var stop = new CancellationTokenSource();

        Task<RanCell> running = _notebook.Sql(query, arguments, stop.Token);
        await Task.Delay(200);
        await stop.CancelAsync();
        RanCell cell = await running.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(CellStatus.Interrupted, cell.Status);
        Assert.Equal("x\n7\n1 row", await _notebook.Shown("SELECT x FROM kept"));
    }

    public void Dispose() => _notebook.Dispose();
}
