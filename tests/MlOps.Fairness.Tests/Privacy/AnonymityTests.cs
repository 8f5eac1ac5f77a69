using System.Text.Json;
using MlOps.Data;
using MlOps.Fairness.Privacy;

namespace MlOps.Fairness.Tests.Privacy;

public sealed class AnonymityTests
{
    // Machanavajjhala et al. (2007), figure 1 in miniature: two groups of three, one with a single illness.
    private static readonly Table s_hand = new(
        Column.Of("zip", new[] { "1", "1", "1", "2", "2", "2" }),
        Column.Of("illness", new[] { "flu", "flu", "flu", "flu", "heart", "cancer" }));

    [Fact]
    public void Of_HandExample_IsThreeAnonymousAndNotDiverse()
    {
        var report = AnonymityReport.Of(s_hand, ["zip"], "illness");

        Assert.Equal((3, 1, 0), (report.K, report.DistinctL, report.UniqueRows));
        Assert.Equal(1, report.EntropyL!.Value, 12);
        Assert.Equal(3, report.Classes[1].EntropySensitive!.Value, 12); // three illnesses alike: ln 3
    }

    [Fact]
    public void Of_RandomTable_AgreesWithPandas()
    {
        JsonElement reference = PrivacyReference.Root.GetProperty("anonymity");
        var table = new Table(
            Column.Of("age", reference.GetProperty("age").EnumerateArray().Select(age => age.GetInt64()).ToArray()),
            Column.Of("town", reference.GetProperty("town").EnumerateArray().Select(town => town.GetString()).ToArray()),
            Column.Of("illness", reference.GetProperty("illness").EnumerateArray().Select(illness => illness.GetString()).ToArray()));
        var report = AnonymityReport.Of(table, ["age", "town"], "illness");

        Assert.Equal(reference.GetProperty("k").GetInt32(), report.K);
        Assert.Equal(reference.GetProperty("groups").GetInt32(), report.Classes.Count);
        Assert.Equal(reference.GetProperty("unique").GetInt32(), report.UniqueRows);
        Assert.Equal(reference.GetProperty("l").GetInt32(), report.DistinctL);
        Assert.Equal(reference.GetProperty("entropyL").GetDouble(), report.EntropyL!.Value, 12);
        Assert.Equal(reference.GetProperty("atLeast5").GetInt32(), AnonymityReport.Suppress(table, 5, "age", "town").RowCount);
    }

    [Fact]
    public void Of_MissingValue_IsAValueOfItsOwn()
    {
        var table = new Table(Column.Of("zip", new[] { null, null, "", "" }));

        Assert.Equal([2, 2], AnonymityReport.Of(table, ["zip"]).Classes.Select(group => group.Rows));
        Assert.Null(AnonymityReport.Of(table, ["zip"]).DistinctL);
    }

    [Fact]
    public void Of_BadInput_IsTold()
    {
        Assert.Throws<ArgumentException>(() => AnonymityReport.Of(s_hand, []));
        Assert.Throws<ArgumentException>(() => AnonymityReport.Of(s_hand, ["zip", "illness"], "illness"));
        Assert.Throws<KeyNotFoundException>(() => AnonymityReport.Of(s_hand, ["town"]));
        Assert.Throws<ArgumentException>(() => AnonymityReport.Of(s_hand.Rows(..0), ["zip"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnonymityReport.Suppress(s_hand, 1, "zip"));
    }

    [Fact]
    public void Bands_WholeAndReal()
    {
        Assert.Equal(["30–39", "-10–-1", null], Texts(Generalize.Bands(Column.Of("age", new long?[] { 34, -1, null }), 10)));
        Assert.Equal(["[0.5, 1)", "[-0.5, 0)"], Texts(Generalize.Bands(Column.Of("x", new[] { 0.75, -0.01 }), 0.5)));
        Assert.Throws<ArgumentException>(() => Generalize.Bands(Column.Of("age", new[] { 34L }), 2.5));
        Assert.Throws<ArgumentException>(() => Generalize.Bands(Column.Of("town", new[] { "Pune" }), 10));
    }

    [Fact]
    public void Prefix_KeepsTheLength() => Assert.Equal(["560***", "11", null], Texts(Generalize.Prefix(Column.Of("pin", new[] { "560034", "11", null }), 3)));

    private static IEnumerable<string?> Texts(StringColumn column) => Enumerable.Range(0, column.Count).Select(row => column[row]);
}
