using System.Globalization;
using MlOps.Data;

namespace MlOps.Fairness.Tests.Measure;

/// <summary>Codes of columns that are longer than one part, against sorting and looking up in the test.</summary>
public sealed class GroupsCodingTests
{
    private const int Rows = 150_000;

    [Theory]
    [InlineData(3, 1, false)] // through the table
    [InlineData(40, 1, true)] // with missing values: not through the table
    [InlineData(30, 1_000_003, false)] // too far apart for the table
    public void Of_WholeNumbersAndDoubles_EqualsALookup(int groups, long step, bool missing)
    {
        long?[] values = [.. Drawn(groups, missing).Select(value => value * step)];

        IEnumerable<long> sorted = values.OfType<long>().Distinct().Order();
        Same(values.Select(Whole), sorted.Select(value => Whole(value)!), Groups.Of(new Table(Column.Of("g", values)), "g"));
        Same(values.Select(Decimal), sorted.Select(value => Decimal(value)!), Groups.Of(new Table(Column.Of("g", Array.ConvertAll(values, value => (double?)value))), "g"));

        static string? Whole(long? value) => value?.ToString(CultureInfo.InvariantCulture);
        static string? Decimal(long? value) => value?.ToString("0.0", CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(60)]
    public void Of_Texts_EqualsALookup(int groups)
    {
        string?[] values = [.. Drawn(groups, missing: true).Select(value => value is null ? null : $"g{value}")]; // every text an object of its own
        IEnumerable<string> sorted = values.OfType<string>().Distinct().Order(StringComparer.Ordinal);

        Same(values, sorted, Groups.Of("g", values));
        Same(values, sorted, Groups.Of(new Table(Column.Of("g", values)), "g"));
    }

    [Fact]
    public void Of_TwoColumns_CrossesTheCodes()
    {
        long?[] one = Drawn(3, missing: true);
        long?[] two = [.. Drawn(5, missing: true).Reverse()];
        var groups = Groups.Of(new Table(Column.Of("a", one), Column.Of("b", two)), "a", "b");

        Assert.Equal(one.Zip(two, (a, b) => a is null || b is null ? -1 : (int)((a * 5) + b)), groups.Codes.ToArray());
        Assert.Equal(one.Select(a => (int)(a ?? -1)), groups.Alone("a").Codes.ToArray());
    }

    private static void Same(IEnumerable<string?> values, IEnumerable<string> sorted, Groups groups)
    {
        string[] names = [.. sorted];
        Assert.Equal(names, groups.Names);
        Assert.Equal(values.Select(value => value is null ? -1 : Array.IndexOf(names, value)), groups.Codes.ToArray());
        Assert.Equal(groups.Codes.Count(-1), groups.MissingCount);
        int[] read = new int[Rows - 100];
        groups.Read(100, read);
        Assert.Equal(groups.Codes[100..].ToArray().Select(code => code < 0 ? names.Length : code), read);
    }

    private static long?[] Drawn(int groups, bool missing)
    {
        var random = new Random(groups);
        return [.. Enumerable.Range(0, Rows).Select(_ => missing && random.Next(50) == 0 ? (long?)null : random.Next(groups))];
    }
}
