using System.Text;
using System.Text.Json;
using MlOps.Data;
using MlOps.Drift.Quality;

namespace MlOps.Drift.Tests.Quality;

/// <summary>Against pandas 1.5.3 (references/quality.py), the whole table at once and in parts of 37 rows.</summary>
public sealed class PandasAgreementTests
{
    private static readonly JsonElement s_reference = Load();
    private static readonly Table s_table = Table.ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(s_reference.GetProperty("csv").GetString()!)));

    private static readonly Dictionary<string, Table> s_others = new()
    {
        ["lows"] = new Table(Column.Of("value", [.. Enumerable.Range(0, 90).Select(i => (double)i)])),
    };

    public static TheoryData<string> Rules => new(s_rules.Keys);

    private static readonly Dictionary<string, RowExpectation> s_rules = new()
    {
        ["range"] = new ValueRange("age", 18, 75),
        ["range-strict"] = new ValueRange("age", 18, 75, strict: true),
        ["range-infinite"] = new ValueRange("income", min: -1e300),
        ["not_null"] = new NotNull("income"),
        ["allowed"] = new AllowedValues("city", "Pune", "Delhi", "Kochi", "Thiruvananthapuram"),
        ["pattern"] = new MatchesPattern("code", @"AB-\d{4}"),
        ["length"] = new TextLength("city", 5, 10),
        ["unique"] = new Unique("code"),
        ["unique-pair"] = new Unique("city", "low"),
        ["unique-rows"] = new UniqueRows(),
        ["monotonic"] = new Monotonic("step"),
        ["monotonic-strict"] = new Monotonic("step", strict: true),
        ["compare"] = new CompareColumns("low", Relation.LessOrEqual, "high"),
        ["exists"] = new ExistsIn("low", "lows", "value"),
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void RowsFailing_EachRule_AreThoseOfPandas(string name)
    {
        var expectations = new Expectations("t", [s_rules[name]]);
        long[] expected = s_reference.GetProperty("failing").GetProperty(name).Deserialize<long[]>()!;
        QualityReport whole = expectations.Check(s_table, others: s_others);
        Assert.Equal(expected, whole.RowsFailing(s_rules[name]));
        Assert.Equal(expected.Length, whole.Results[0].FailingRows);
        Assert.Equal(expected.Take(10), whole.Results[0].FirstFailingRows);

        var rows = new List<long>();
        QualityReport parts = expectations.Check(
            s_table.RowCount.Parts(37).Select(range => s_table.Rows(range)),
            part => rows.AddRange(((Column<long>)part.BadRows()["row"]).Present()),
            others: s_others);
        Assert.Equal(expected, rows);
        Assert.Equal(whole.Results[0].Message, parts.Results[0].Message);
        Assert.Equal(whole.Results[0].Evaluated, parts.Results[0].Evaluated);
    }

    [Theory]
    [InlineData("mean", SummaryStatistic.Mean, null)]
    [InlineData("median", SummaryStatistic.Median, null)]
    [InlineData("std", SummaryStatistic.StandardDeviation, null)]
    [InlineData("q10", SummaryStatistic.Quantile, 0.1)]
    [InlineData("q99", SummaryStatistic.Quantile, 0.99)]
    public void StatisticBetween_BandAroundPandas_HoldsToTheNinthDigit(string name, SummaryStatistic statistic, double? q)
    {
        double value = s_reference.GetProperty("numbers").GetProperty(name).GetDouble();
        Expectation[] rules =
        [
            new StatisticBetween("score", statistic, value - 1e-9, value + 1e-9, q),
            new StatisticBetween("score", statistic, value + 1e-9, null, q),
            new StatisticNear("score", statistic, value, 1, 1e-9, q),
        ];
        foreach (QualityReport report in (QualityReport[])
            [new Expectations("t", rules).Check(s_table), new Expectations("t", rules).Check(s_table.RowCount.Parts(37).Select(range => s_table.Rows(range)))])
        {
            Assert.Equal([true, false, true], report.Results.Select(result => result.Passed));
        }
    }

    [Fact]
    public void Tallies_ShareAndDistinct_AreThoseOfPandas()
    {
        JsonElement numbers = s_reference.GetProperty("numbers");
        double share = numbers.GetProperty("mostCommon").GetDouble();
        long cities = numbers.GetProperty("distinct").GetInt64();
        long codes = numbers.GetProperty("distinctCode").GetInt64();
        QualityReport report = new Expectations("t",
        [
            new MostCommonShare("city", share),
            new MostCommonShare("city", share - 1e-9),
            new DistinctCount("city", cities, cities),
            new DistinctCount("code", codes, codes),
            new DistinctCount("code", codes + 1),
        ]).Check(s_table.RowCount.Parts(37).Select(range => s_table.Rows(range)));
        Assert.Equal([true, false, true, true, false], report.Results.Select(result => result.Passed));
    }

    private static JsonElement Load()
    {
        using Stream stream = typeof(PandasAgreementTests).Assembly.GetManifestResourceStream("quality.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}

/// <summary>Cuts row numbers into ranges.</summary>
internal static class RowParts
{
    internal static IEnumerable<Range> Parts(this int rows, int size)
    {
        for (int start = 0; start < rows; start += size)
        {
            yield return start..Math.Min(start + size, rows);
        }
    }
}
