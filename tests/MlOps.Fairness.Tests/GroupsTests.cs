using MlOps.Data;

namespace MlOps.Fairness.Tests;

public sealed class GroupsTests
{
    private static readonly Table s_people = new(
        Column.Of("gender", new[] { "m", "f", "f", null, "m" }),
        Column.Of("minor", new[] { 10L, 2L, 10L, 2L, 10L }));

    [Fact]
    public void Of_OneColumn_SortsAndLeavesMissingOut()
    {
        var groups = Groups.Of(s_people, "gender");

        Assert.Equal(["f", "m"], groups.Names);
        Assert.Equal([1, 0, 0, -1, 1], groups.Codes.ToArray());
        Assert.Equal(1, groups.MissingCount);
    }

    [Fact]
    public void Of_Numbers_SortsByValue() => Assert.Equal(["2", "10"], Groups.Of(s_people, "minor").Names);

    [Fact]
    public void Of_TwoColumns_HasTheCombinationNobodyBelongsTo()
    {
        var groups = Groups.Of(s_people, "gender", "minor");

        Assert.Equal(["f,2", "f,10", "m,2", "m,10"], groups.Names);
        Assert.Equal([3, 0, 1, -1, 3], groups.Codes.ToArray());
        Assert.Equal(["m", "10"], groups.Values[3]);
    }

    [Fact]
    public void By_OneOfTwo_KeepsTheSameRows()
    {
        var minor = Groups.Of(s_people, "gender", "minor").By("minor");

        Assert.Equal(["2", "10"], minor.Names);
        Assert.Equal([1, 0, 1, -1, 1], minor.Codes.ToArray());
    }

    [Fact]
    public void Of_TooManyGroups_SaysWhatToDo()
    {
        var table = new Table(Column.Of("id", Enumerable.Range(0, 1001).Select(i => (long)i).ToArray()));

        Assert.Contains("bands", Assert.Throws<ArgumentException>(() => Groups.Of(table, "id")).Message);
    }

    [Fact]
    public void Of_DecimalNumbers_AreNamedAsInTheFile() => // pandas 1.5: str(1.0) is '1.0'
        Assert.Equal(["1.0", "1.5", "10.0"], Groups.Of(new Table(Column.Of("hue", [10.0, 1.5, 1.0, 10.0])), "hue").Names);

    [Fact]
    public void Of_OnlyMissing_Throws() => Assert.Throws<ArgumentException>(() => Groups.Of("gender", [null, null]));

    [Fact]
    public void Of_NoColumn_Throws() => Assert.Throws<ArgumentException>(() => Groups.Of(s_people));
}
