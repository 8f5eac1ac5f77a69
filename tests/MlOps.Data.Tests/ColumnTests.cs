namespace MlOps.Data.Tests;

public class ColumnTests
{
    [Fact]
    public void Of_Values_HasTheTypeOfItsValues()
    {
        Assert.IsType<Column<double>>(Column.Of("x", 1.5, 2));
        Assert.IsType<Column<long>>(Column.Of("x", 1, 2));
        Assert.IsType<Column<long>>(Column.Of("x", 1L, null));
        Assert.IsType<Column<bool>>(Column.Of("x", true, false));
        Assert.IsType<Column<DateTime>>(Column.Of("x", new DateTime(2024, 1, 1)));
        Assert.IsType<StringColumn>(Column.Of("x", "a", null));
    }

    [Fact]
    public void Of_Nulls_AreMissing()
    {
        Column<double> numbers = Column.Of("x", 1.5, null, double.NaN);

        Assert.Equal(2, numbers.MissingCount);
        Assert.Equal([1.5, double.NaN, double.NaN], numbers.Values.ToArray());
        Assert.Equal([1.5], numbers.Present());
        Assert.Null(numbers[1]);
        Assert.Null(Column.Of("b", true, null)[1]);
        Assert.Null(Column.Of("t", new DateTime(2024, 1, 1), null).GetValue(1));
        Assert.Equal(1, Column.Of("s", "", null).MissingCount);
    }

    [Fact]
    public void Of_CallersArray_IsCopied()
    {
        double[] values = [1, 2];
        Column<double> column = Column.Of("x", values);
        values[0] = 9;

        Assert.Equal(1, column[0]);
    }

    [Fact]
    public void Column_NaN_CountsAsMissingAndLeavesTheCallersFlagsAlone()
    {
        bool[] flags = [false, true, false];
        double[] values = [double.NaN, 7, 1];
        var column = new Column<double>("x", values, flags);

        Assert.Equal(2, column.MissingCount);
        Assert.True(double.IsNaN(column.Values[1]));
        Assert.Equal([false, true, false], flags);
        Assert.Equal(7, values[1]);
    }

    [Fact]
    public void Column_UnequalLengths_Throws()
    {
        var error = Assert.Throws<ArgumentException>(() => new Column<double>("x", [1, 2], [true]));
        Assert.Contains("2 values but 1 missing flags", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Column_UnsupportedType_Throws()
    {
        Assert.Throws<ArgumentException>(() => new Column<int>("x", [1]));
        Assert.Throws<ArgumentException>(() => Column.Of(" ", 1.0));
    }

    [Fact]
    public void Take_RowsTwiceAndOutOfOrder_KeepsMissing()
    {
        Column<long> taken = Column.Of("x", 1L, null, 3L).Take([2, 1, 1, 0]);

        Assert.Equal([3, null, null, 1], Enumerable.Range(0, 4).Select(i => taken[i]));
        Assert.Equal(2, taken.MissingCount);
    }

    [Fact]
    public void IsMissing_RowBeyondTheEnd_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Column.Of("x", 1.0).IsMissing(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Column.Of("x", 1.0).IsMissing(-1));
    }
}
