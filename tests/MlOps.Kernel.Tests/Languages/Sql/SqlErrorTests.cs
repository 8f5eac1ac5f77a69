namespace MlOps.Kernel.Tests.Languages.Sql;

/// <summary>Errors say what SQLite says, and where.</summary>
public sealed class SqlErrorTests : IDisposable
{
    private readonly SqlNotebook _notebook = new();

    [Fact]
    public async Task Run_SyntaxError_MarksTheWord() => Assert.Equal(
        """
        near "FORM": syntax error
        line 4 of the query:  SELECT * FORM t
                                       ^^^^
        """.ReplaceLineEndings("\n"),
        await _notebook.Refused("SELECT 1;\n-- FORM\n\nSELECT * FORM t\nWHERE 1"));

    [Fact]
    public async Task Run_UnknownColumn_MarksTheWord() => Assert.Equal(
        """
        no such column: amunt
        line 2 of the query:    'é' || amunt AS x
                                       ^^^^^
        """.ReplaceLineEndings("\n"),
        await _notebook.Refused("SELECT\n  'é' || amunt AS x\nFROM (SELECT 1 AS amount)"));

    [Fact]
    public async Task Run_StatementsBeforeTheWrongOne_HaveRun()
    {
        await _notebook.Refused("CREATE TABLE t (x UNIQUE);\nINSERT INTO t VALUES (1);\nSELEC 1");

        Assert.Equal("n\n1\n1 row", await _notebook.Shown("SELECT count(*) AS n FROM t"));
    }

    [Fact]
    public async Task Run_ErrorWhileRunning_ShowsTheStatement()
    {
        string message = await _notebook.Refused("CREATE TABLE t (x UNIQUE);\n\nINSERT INTO t\nVALUES (1), (1)");

        Assert.StartsWith("UNIQUE constraint failed: t.x\nline 3 of the query:  INSERT INTO t", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownTable_SaysWhatThereIs()
    {
        await _notebook.CSharp("var loans = new[] { new { Id = 1 } }; var count = 3;");
        await _notebook.Shown("CREATE TABLE customers (x)");

        string message = await _notebook.Refused("SELECT *\nFROM lones");
        string noTable = await _notebook.Refused("SELECT * FROM count");

        Assert.Equal("no such table: lones. The database has: customers. C# variables that are tables: loans.\nline 2 of the query:  FROM lones\n                           ^^^^^", message);
        Assert.StartsWith("no such table: count. The C# variable count is no table: it is of type int. ", noTable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnfinishedQuery_SaysSo() => Assert.StartsWith("incomplete input\nline 1 of the query:  SELECT (1", await _notebook.Refused("SELECT (1"), StringComparison.Ordinal);

    public void Dispose() => _notebook.Dispose();
}
