using System.Globalization;

namespace MlOps.Kernel.Tests.Languages.Sql;

/// <summary>C# variables as tables and as parameters.</summary>
public sealed class SqlTableTests : IDisposable
{
    private readonly SqlNotebook _notebook = new();

    [Fact]
    public async Task Run_NameOfASequence_IsATable()
    {
        await _notebook.CSharp("""
            record Loan(int Id, double Amount, bool? Late, string? Note, DateTime Since, DateOnly Due, decimal Fee, DayOfWeek Day);
            var loans = new List<Loan>
            {
                new(1, 10.5, true, "a'b", new DateTime(2024, 2, 29), new DateOnly(2024, 3, 1), 1.25m, DayOfWeek.Friday),
                new(2, double.NaN, null, null, new DateTime(2024, 2, 29, 13, 5, 0, 500), new DateOnly(2025, 3, 1), 2m, DayOfWeek.Monday),
            };
            """);

        Assert.Equal(
            """
            Id  Amount  Late  Note  Since                  Due          Fee  Day
             1    10.5     1  a'b   2024-02-29             2024-03-01  1.25  Friday
             2    NULL  NULL  NULL  2024-02-29T13:05:00.5  2025-03-01     2  Monday
            2 rows
            """.ReplaceLineEndings("\n"),
            await _notebook.Shown("SELECT * FROM loans"));
        Assert.Equal("y     n\n2024  1\n2025  1\n2 rows", await _notebook.Shown("SELECT strftime('%Y', due) AS y, count(*) AS n FROM Loans GROUP BY y"));
    }

    [Fact]
    public async Task Run_TypeWithToDataReaderAndDataTable_AreTablesAndCanBeJoined()
    {
        await _notebook.CSharp("""
            using System.Data;
            class Measured { public IDataReader ToDataReader() { var t = new DataTable(); t.Columns.Add("id", typeof(long)); t.Columns.Add("v", typeof(double)); t.Rows.Add(1L, 0.5); t.Rows.Add(2L, DBNull.Value); return t.CreateDataReader(); } }
            var measured = new Measured();
            var names = new DataTable(); names.Columns.Add("id", typeof(int)); names.Columns.Add("name", typeof(string)); names.Rows.Add(1, "one"); names.Rows.Add(2, "two");
            """);

        Assert.Equal("name     v\none    0.5\ntwo   NULL\n2 rows", await _notebook.Shown("SELECT name, v FROM measured JOIN names USING (id) ORDER BY 1"));
    }

    [Fact]
    public async Task Run_VariableHoldsAnotherObject_IsReadAgain()
    {
        await _notebook.CSharp("var t = new[] { new { X = 1 } }.ToList();");
        Assert.Equal("X\n1\n1 row", await _notebook.Shown("SELECT X FROM t"));

        await _notebook.CSharp("t.Add(new { X = 2 });"); // the same object, changed in place
        Assert.Equal("X\n1\n2\n2 rows", await _notebook.Shown("SELECT X FROM t"));

        await _notebook.CSharp("var t = new[] { new { Y = 9 } };"); // another variable, another shape
        Assert.Equal("Y\n9\n1 row", await _notebook.Shown("SELECT * FROM t"));

        await _notebook.CSharp("var t = 5;");
        Assert.StartsWith("no such table: t", await _notebook.Refused("SELECT * FROM t"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TableOfTheDatabase_WinsOverTheVariable()
    {
        await _notebook.CSharp("var t = new[] { new { X = 1 } };");
        await _notebook.Shown("SELECT * FROM t");

        Assert.Equal("Done\n\n1 row changed\n\nX\n2\n1 row", await _notebook.Shown("CREATE TABLE t AS SELECT X FROM t; UPDATE t SET X = 2; SELECT X FROM t"));
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES (2)")]
    [InlineData("UPDATE t SET X = 2")]
    [InlineData("DELETE FROM t")]
    public async Task Run_ChangeOfACSharpTable_IsRefusedWithAWayOut(string query)
    {
        await _notebook.CSharp("var t = new[] { new { X = 1 } };");

        Assert.Contains("CREATE TABLE mine AS SELECT * FROM t", await _notebook.Refused(query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_ValueUnderAnotherName_StaysWhateverTheVariables()
    {
        await _notebook.CSharp("MlOps.Kernel.Languages.Sql.SqlCell.Share(\"my table\", new[] { new { X = 1 } });");

        Assert.Equal("X\n1\n1 row", await _notebook.Shown("SELECT X FROM \"my table\""));
        Assert.Equal("X\n1\n1 row", await _notebook.Shown("SELECT X FROM \"my table\""));
        Assert.Contains(
            "'x' cannot be a table: it is of type Int32",
            SqlNotebook.Refusal(await _notebook.CSharp("MlOps.Kernel.Languages.Sql.SqlCell.Share(\"x\", 5);")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Parameters_AreValuesAndNeverText()
    {
        await _notebook.CSharp("""
            var name = "x'; DROP TABLE t; --"; var least = 2; string? none = null; var day = new DateTime(2024, 2, 29); var yes = true; var t = new[] { new { V = 1.5 } };
            """);

        Assert.Equal(
            "n                     least  none  d           y  quoted\nx'; DROP TABLE t; --      2  NULL  2024-02-29  1  @least\n1 row",
            await _notebook.Shown("SELECT @name AS n, @least AS least, @none AS none, @day AS d, @yes AS y, '@least' AS quoted -- @comment\n WHERE @least > 1"));
        Assert.Equal(
            "@leest in the query stands for the C# variable leest, and there is none.\nline 2 of the query:  WHERE 1 > @leest\n                                ^^^^^^",
            await _notebook.Refused("SELECT 1\nWHERE 1 > @leest"));
        Assert.StartsWith("A parameter of a query is @ and the name of a C# variable; got '?'.", await _notebook.Refused("SELECT ?"), StringComparison.Ordinal);
        Assert.StartsWith("@t is a table, and a parameter is one value.", await _notebook.Refused("SELECT @t"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RowOfTheSequenceIsNull_IsRefusedAndLeavesNoTable()
    {
        await _notebook.CSharp("record R(int X); var t = new R?[] { new(1), null };");

        Assert.Contains("Row 2 of the sequence is null", await _notebook.Refused("SELECT * FROM t"), StringComparison.Ordinal);
        await _notebook.CSharp("t[1] = new R(5);");
        Assert.Equal("X\n1\n5\n2 rows", await _notebook.Shown("SELECT * FROM t"));
    }

    [Fact]
    public async Task Run_ManyRows_AreAllThere()
    {
        await _notebook.CSharp("var t = Enumerable.Range(0, 100_000).Select(i => new { I = i, Half = i / 2.0 });");

        Assert.Equal("n       s\n100000  " + (100_000L * 99_999 / 4).ToString(CultureInfo.InvariantCulture) + "\n1 row", (await _notebook.Shown("SELECT count(*) AS n, sum(Half) AS s FROM t")).Replace("     n           s", "n       s", StringComparison.Ordinal));
    }

    public void Dispose() => _notebook.Dispose();
}
