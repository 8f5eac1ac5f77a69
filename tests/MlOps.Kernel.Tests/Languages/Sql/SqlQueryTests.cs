using MlOps.Kernel.Engine;
using MlOps.Kernel.Languages.Sql;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages.Sql;

/// <summary>What queries show.</summary>
public sealed class SqlQueryTests : IDisposable
{
    private readonly SqlNotebook _notebook = new();

    [Fact]
    public async Task Run_SeveralStatements_ShowsEachInOrder()
    {
        string shown = await _notebook.Shown("""
            CREATE TABLE t (id INTEGER, name TEXT, share REAL); -- a comment; with a semicolon
            INSERT INTO t VALUES (1, 'a;b', 0.25), (2, NULL, 1e-3), (30, 'c', NULL);
            SELECT * FROM t;;
            UPDATE t SET share = 0 WHERE id < 30;
            SELECT count(*) AS n FROM t /* the end */;
            -- nothing more
            """);

        Assert.Equal(
            """
            Done

            3 rows changed

            id  name  share
             1  a;b    0.25
             2  NULL  0.001
            30  c      NULL
            3 rows

            2 rows changed

            n
            3
            1 row
            """.ReplaceLineEndings("\n"),
            shown);
    }

    [Fact]
    public async Task Run_TriggerWithStatementsInside_IsOneStatement()
    {
        string shown = await _notebook.Shown("""
            CREATE TABLE a (x); CREATE TABLE log (x);
            CREATE TRIGGER tr AFTER INSERT ON a BEGIN INSERT INTO log VALUES (new.x); INSERT INTO log VALUES (-new.x); END;
            INSERT INTO a VALUES (7);
            SELECT x FROM log ORDER BY x
            """);

        Assert.EndsWith("x\n-7\n 7\n2 rows", shown.Replace("\n\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ManyRows_ShowsFiftyAndCountsAll()
    {
        RanCell cell = await _notebook.Sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234) SELECT i, '<' || i AS t FROM n");

        DisplayOutput shown = Assert.IsType<DisplayOutput>(Assert.Single(cell.Outputs));
        Assert.Equal(52, shown.Bundle["text/plain"].Split('\n').Length);
        Assert.EndsWith("first 50 of 1,234 rows", shown.Bundle["text/plain"], StringComparison.Ordinal);
        Assert.Contains("first 50 of 1,234 rows", shown.Bundle["text/html"], StringComparison.Ordinal);
        Assert.Contains("&lt;50<", shown.Bundle["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("&lt;51<", shown.Bundle["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RowsWithoutEnd_AreReadUpToALimit() =>
        Assert.EndsWith(
            "first 50 of more than 1,000,000 rows; the rest was not read",
            await _notebook.Shown("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("  \n -- only a comment\n ; ; /* and another */")]
    public async Task Run_NothingToDo_ShowsNothing(string query) => Assert.Equal("", await _notebook.Shown(query));

    [Fact]
    public async Task Run_NoRows_ShowsTheColumns() => Assert.Equal("a  b\n0 rows", await _notebook.Shown("SELECT 1 AS a, 'x' AS b WHERE 0"));

    [Fact]
    public async Task Run_LaterCells_SeeTablesAndTransactionsOfEarlierOnes()
    {
        await _notebook.Shown("CREATE TABLE t (x); BEGIN; INSERT INTO t VALUES (1)");
        await _notebook.Shown("INSERT INTO t VALUES (2); ROLLBACK");

        Assert.Equal("n\n0\n1 row", await _notebook.Shown("SELECT count(*) AS n FROM t"));
    }

    [Fact]
    public async Task Run_TwoEngines_ShareNothing()
    {
        using var other = new SqlNotebook();
        await _notebook.Shown("CREATE TABLE mine (x)");

        Assert.StartsWith("no such table: mine", await other.Refused("SELECT * FROM mine"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_WithName_DeclaresAVariableAndShowsIt()
    {
        string shown = await _notebook.Shown("SELECT 1 AS a, 0.5 AS b, 'x' AS c UNION ALL SELECT 2.5, 1, NULL", "--name result");
        RanCell read = await _notebook.CSharp("$\"{result.Rows.Count} {result.Columns[0].DataType.Name} {result.Columns[1].DataType.Name} {result.Columns[2].DataType.Name} {result.Rows[1][0]} {result.Rows[1].IsNull(2)}\"");

        Assert.Equal("  a    b  c\n  1  0.5  x\n2.5    1  NULL\n2 rows", shown);
        Assert.Equal("2 Double Double String 2.5 True", read.Value);
    }

    [Fact]
    public async Task Query_WithNameOfStatements_KeepsTheLastResult()
    {
        await _notebook.Shown("CREATE TABLE t (x); SELECT 1 AS a; SELECT 2 AS a; INSERT INTO t VALUES (1)", "--name \"last\"");

        Assert.Equal(2L, (await _notebook.CSharp("last.Rows[0][0]")).Value);
    }

    [Fact]
    public void CappedReader_OneRowTooMany_SaysWhatToDo()
    {
        using var table = new System.Data.DataTable();
        table.Columns.Add("x", typeof(int));
        table.Rows.Add(1);
        table.Rows.Add(2);
        using var enough = new CappedReader(table.CreateDataReader(), 2);
        using var tooMany = new CappedReader(table.CreateDataReader(), 1);

        Assert.True(enough.Read() && enough.Read() && !enough.Read());
        Assert.True(tooMany.Read());
        Assert.StartsWith("The result has more than 1 rows.", Assert.Throws<SqlCellException>(() => tooMany.Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1", "--nme x", "#!sql has no option --nme. It has: --connection, --name.")]
    [InlineData("SELECT 1", "--name", "#!sql: --name needs a value behind it.")]
    [InlineData("SELECT 1", "--name 7x", "#!sql --name needs the name of a C# variable; got '7x'.")]
    [InlineData("SELECT 1", "sales", "#!sql takes no 'sales'. The query stands on the lines below; options are --connection and --name.")]
    [InlineData("SELECT 1", "--connection 'sales", "#!sql: the quote ' is not closed in: --connection 'sales")]
    [InlineData("SELECT 1", "--connection a --connection b", "#!sql: --connection is there twice.")]
    [InlineData("SELECT 1", "--connection sales", "There is no connection 'sales'. None has been made in this session: #!connect sqlite --kernel-name sales sales.db makes one.")]
    [InlineData("CREATE TABLE t (x)", "--name x", "--name x keeps the rows of a query, and none of these statements gives rows. Leave --name out, or end with a SELECT.")]
    public async Task Run_WrongArguments_SaysWhatIsNeeded(string query, string arguments, string message) =>
        Assert.Equal(message, await _notebook.Refused(query, arguments));

    [Fact]
    public void Run_OutsideACell_SaysSo() =>
        Assert.Contains("no cell is running", Assert.Throws<InvalidOperationException>(() => SqlCell.Run("", "SELECT 1")).Message, StringComparison.Ordinal);

    public void Dispose() => _notebook.Dispose();
}
