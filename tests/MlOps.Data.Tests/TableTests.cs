namespace MlOps.Data.Tests;

public class TableTests
{
    private static readonly Table People = new(
        Column.Of("name", "Asha", "Bilal", "Chitra", "Dev", null),
        Column.Of("age", 31L, 25L, null, 25L, 60L),
        Column.Of("income", 5.5, double.NaN, 7, 2.5, 1),
        Column.Of("gig", true, null, false, true, false),
        Column.Of("since", new DateTime(2024, 5, 1), new DateTime(2023, 5, 1), null, new DateTime(2024, 1, 1), new DateTime(2020, 1, 1)));

    [Fact]
    public void Table_UnequalColumnsOrNames_Throws()
    {
        Assert.Contains("'b' has 1 rows, 'a' has 2", Assert.Throws<ArgumentException>(() => new Table(Column.Of("a", 1, 2), Column.Of("b", 1))).Message, StringComparison.Ordinal);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => new Table(Column.Of("a", 1), Column.Of("a", 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indexer_UnknownColumn_ListsTheColumns()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => People["Age"]);
        Assert.Equal("No column 'Age'. There are: name, age, income, gig, since.", error.Message);
    }

    [Fact]
    public void SelectDropRename_Columns_KeepOrderAndValues()
    {
        Assert.Equal(["income", "name"], Names(People.Select("income", "name")));
        Assert.Equal(["name", "gig", "since"], Names(People.Drop("income", "age")));
        Assert.Equal(["name", "years", "income", "gig", "since"], Names(People.Rename("age", "years")));
        Assert.Equal(31, People.Rename("age", "years").Longs("years")[0]);
        Assert.Throws<KeyNotFoundException>(() => People.Drop("nobody"));
        Assert.Throws<ArgumentException>(() => People.Rename("age", "name"));
    }

    [Fact]
    public void With_Columns_AppendsOrReplacesInPlace()
    {
        Table table = People.With(Column.Of("age", 1, 2, 3, 4, 5), Column.Of("new", 1, 2, 3, 4, 5));

        Assert.Equal(["name", "age", "income", "gig", "since", "new"], Names(table));
        Assert.Equal(5, table.Longs("age")[4]);
        Assert.Throws<ArgumentException>(() => People.With(Column.Of("short", 1)));
    }

    [Fact]
    public void Filter_Conditions_AreFalseWhereAValueIsMissing()
    {
        CsvText.AssertTexts(["Dev", null], People.Filter(r => r.Double("income") < 5).Texts("name"));
        CsvText.AssertTexts(["Bilal", "Dev"], People.Filter(r => r.Long("age") < 30).Texts("name"));
        CsvText.AssertTexts(["Asha", "Dev"], People.Filter(r => r.Bool("gig") == true).Texts("name"));
        CsvText.AssertTexts(["Asha"], People.Filter(r => r.Text("name") == "Asha").Texts("name"));
        CsvText.AssertTexts(["Asha", "Dev"], People.Filter(r => r.Time("since") >= new DateTime(2024, 1, 1)).Texts("name"));
        CsvText.AssertTexts(["Chitra"], People.Filter(r => r.IsMissing("age")).Texts("name"));
        CsvText.AssertTexts(["Chitra"], People.Filter(r => r.Index == 2).Texts("name"));
    }

    [Fact]
    public void Row_WrongType_NamesColumnAndTypes()
    {
        var error = Assert.Throws<InvalidOperationException>(() => People.Filter(r => r.Long("income") > 1));
        Assert.Equal("Column 'income' holds double; long is needed here.", error.Message);
        Assert.Throws<InvalidOperationException>(() => People.Filter(r => r.Double("name") > 1));
    }

    [Fact]
    public void Where_Values_EqualsTheFilterThatSaysTheSame()
    {
        CsvText.AssertEqual(People.Filter(r => r.Text("name") == "Dev"), People.Where("name", "Dev"));
        CsvText.AssertEqual(People.Filter(r => r.Bool("gig") == false), People.Where("gig", false));
        CsvText.AssertEqual(People.Filter(r => r.Long("age") == 25), People.Where("age", 25));
        CsvText.AssertEqual(People.Filter(r => r.Double("income") > 2), People.Where("income", v => v > 2));
        Assert.Equal(0, People.Where("name", "Nobody").RowCount);
    }

    [Fact]
    public void DropMissing_NamedOrAll_KeepsWholeRows()
    {
        CsvText.AssertTexts(["Asha", "Dev", null], People.DropMissing("age", "income").Texts("name"));
        CsvText.AssertTexts(["Asha", "Dev"], People.DropMissing().Texts("name"));
    }

    [Fact]
    public void HeadTailRows_Ranges_CutWhereTheySay()
    {
        CsvText.AssertTexts(["Asha", "Bilal"], People.Head(2).Texts("name"));
        CsvText.AssertTexts(["Dev", null], People.Tail(2).Texts("name"));
        CsvText.AssertTexts(["Bilal", "Chitra"], People.Rows(1..3).Texts("name"));
        Assert.Equal(5, People.Head(100).RowCount);
        Assert.Equal(0, People.Tail(0).RowCount);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => People.Head(-1)).ParamName);
        Assert.Contains("has 5 rows", Assert.Throws<ArgumentOutOfRangeException>(() => People.Rows(3..9)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => People.Rows(3..2));
        Assert.Throws<ArgumentOutOfRangeException>(() => People.Take(0, 5));
    }

    [Fact]
    public void Values_TypedAccess_ConvertsOrNamesTheType()
    {
        Assert.Equal([31, 25, double.NaN, 25, 60], People.Numbers("age"));
        Assert.Equal([1, double.NaN, 0, 1, 0], People.Numbers("gig"));
        Assert.Equal([5.5, double.NaN, 7, 2.5, 1], People.Numbers("income"));
        Assert.Equal(31, People.Longs("age")[0]);
        Assert.Equal("Column 'name' holds string; double, long or bool is needed here.", Assert.Throws<InvalidOperationException>(() => People.Numbers("name")).Message);
        Assert.Equal("Column 'age' holds long; double is needed here.", Assert.Throws<InvalidOperationException>(() => People.Doubles("age")).Message);
        Assert.Throws<InvalidOperationException>(() => People.Texts("age"));
        Assert.Throws<InvalidOperationException>(() => People.Times("age"));
        Assert.Throws<InvalidOperationException>(() => People.Bools("age"));
    }

    [Fact]
    public void Concat_Parts_GivesTheWholeBack()
    {
        CsvText.AssertEqual(People, Table.Concat(People.Rows(..2), People.Rows(2..2), People.Rows(2..)));
        CsvText.AssertEqual(People, Table.Concat(People));
    }

    [Fact]
    public void Concat_OtherTextLevels_AreJoined()
    {
        Table joined = Table.Concat(new Table(Column.Of("t", "b", "a")), new Table(Column.Of("t", "c", null, "b")));
        CsvText.AssertTexts(["b", "a", "c", null, "b"], joined.Texts("t"));
        Assert.Equal(["b", "a", "c"], joined.Strings("t").Levels.ToArray());
    }

    [Fact]
    public void Concat_OtherColumns_ShowsBothSchemas()
    {
        var error = Assert.Throws<ArgumentException>(() => Table.Concat(new Table(Column.Of("a", 1)), new Table(Column.Of("a", 1.5))));
        Assert.Contains("table 1 has a: long; table 2 has a: double", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Table.Concat());
    }

    [Fact]
    public void OrderBy_Keys_IsStableWithMissingLastInBothDirections()
    {
        Assert.Equal([25, 25, 31, 60, double.NaN], People.OrderBy("age").Numbers("age"));
        CsvText.AssertTexts(["Bilal", "Dev", "Asha", null, "Chitra"], People.OrderBy("age").Texts("name"));
        CsvText.AssertTexts([null, "Asha", "Bilal", "Dev", "Chitra"], People.OrderBy(SortKey.Descending("age")).Texts("name"));
        CsvText.AssertTexts(["Dev", "Bilal", "Asha", null, "Chitra"], People.OrderBy("age", SortKey.Descending("since")).Texts("name"));
        CsvText.AssertTexts(["Chitra", null, "Asha", "Dev", "Bilal"], People.OrderBy("gig").Texts("name"));
        Assert.Throws<ArgumentException>(() => People.OrderBy());
    }

    [Fact]
    public void OrderBy_Text_IsOrdinal()
    {
        CsvText.AssertTexts(["B", "a", "z", "ä"], new Table(Column.Of("t", "z", "ä", "a", "B")).OrderBy("t").Texts("t"));
    }

    private static IEnumerable<string> Names(Table table) => table.Columns.Select(c => c.Name);
}
