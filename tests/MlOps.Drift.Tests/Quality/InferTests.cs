using MlOps.Data.Identifiers;
using MlOps.Data;
using MlOps.Drift.Quality;

namespace MlOps.Drift.Tests.Quality;

public sealed class InferTests
{
    [Fact]
    public void Infer_LoanApplications_OtherRowsOfTheSameLawPass()
    {
        Expectations rules = Expectations.Infer(Loans(2000, seed: 1));
        for (int seed = 2; seed < 12; seed++)
        {
            QualityReport report = rules.Check(Loans(2000, seed));
            Assert.True(report.Worst is null, report.ToString());
        }
    }

    [Fact]
    public void Infer_EveryRule_HasAReason() => Assert.All(Expectations.Infer(Loans(500, 1)).Rules, rule => Assert.NotEmpty(rule.Because!));

    [Fact]
    public void Infer_Draft_ReadsBackFromYaml()
    {
        Expectations rules = Expectations.Infer(Loans(500, 1));
        Assert.Equal(rules, Expectations.FromYaml(rules.ToYaml()));
    }

    [Theory]
    [InlineData("unit", 1000.0)] // lakh became rupees
    [InlineData("sign", -1.0)]
    public void Infer_BrokenIncome_IsFound(string what, double factor)
    {
        Expectations rules = Expectations.Infer(Loans(2000, 1));
        Table loans = Loans(2000, 2);
        Table broken = loans.With(new Column<double>("income", [.. loans.Numbers("income").Select(value => value * factor)]));
        Assert.False(rules.Check(broken).Passed, what);
    }

    [Fact]
    public void Infer_Identifier_GetsNothingButTypePresenceAndUniqueness() =>
        Assert.Equal(["type", "not_null", "unique"], Kinds(Expectations.Infer(Loans(500, 1)), "id"));

    [Fact]
    public void Infer_PersonalData_IsFlaggedAndNotQuoted()
    {
        var table = new Table(
            Column.Of("contact", [.. Enumerable.Range(0, 100).Select(i => $"user{i % 5}@example.in")]),
            Column.Of("kind", [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? "a" : "b")]));
        Expectations rules = Expectations.Infer(table);
        Assert.Equal(PersonalDataKind.Email, rules.PersonalColumns["contact"]);
        Assert.Equal(["type", "not_null"], Kinds(rules, "contact"));
        Assert.DoesNotContain("@", rules.ToYaml(), StringComparison.Ordinal);
        Assert.Equal(["type", "not_null", "allowed_values"], Kinds(rules, "kind"));
    }

    [Fact]
    public void Infer_RangeOfWholeNumbers_HasTheStatedMargin()
    {
        // 18 … 75, margin 10 % of 57: 12.3 and 80.7, rounded away to whole numbers.
        Expectations rules = Expectations.Infer(new Table(Column.Of("age", [.. Enumerable.Range(0, 580).Select(i => 18L + (i * 7 % 58))])));
        ValueRange range = rules.Rules.OfType<ValueRange>().Single();
        Assert.Equal((12.0, 81.0), (range.Min, range.Max));
        Assert.Equal("all 580 values of 580 reference rows lie in 18 … 75; margin 10 % of that", range.Because);
    }

    [Fact]
    public void Infer_InfiniteNumbers_AreLeftOutAndTold()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(i => i < 2 ? double.PositiveInfinity : i / 7.0)];
        var table = new Table(new Column<double>("x", values));
        Expectations rules = Expectations.Infer(table);
        ValueRange range = rules.Rules.OfType<ValueRange>().Single();
        Assert.Equal(0.98, range.Mostly);
        Assert.Contains("but for 2 infinite ones", range.Because, StringComparison.Ordinal);
        Assert.True(rules.Check(table)[range].Passed);
    }

    [Fact]
    public void Infer_ConstantAndMissingColumns_MakeNoNonsense()
    {
        var table = new Table(Column.Of("c", [.. Enumerable.Repeat(5.0, 50)]), Column.Of("m", [.. Enumerable.Repeat(double.NaN, 50)]), Column.Of("one", 1.0).Take(new int[50]));
        Expectations rules = Expectations.Infer(table);
        Assert.Empty(Kinds(rules, "m"));
        Assert.Null(rules.Check(table).Worst);
        Assert.DoesNotContain(rules.Rules, rule => rule is StatisticNear);
    }

    [Fact]
    public void Infer_Times_AreExpectedAsTheyWere()
    {
        DateTime start = new(2026, 1, 1);
        var ordered = new Table(Column.Of("t", [.. Enumerable.Range(0, 50).Select(i => start.AddHours(i))]));
        var options = new InferOptions { Clock = FixedClock.At("2026-02-01T00:00:00Z"), MaxAge = TimeSpan.FromDays(2) };
        Assert.Equal(["type", "not_null", "not_in_future", "time_order", "fresh"], Kinds(Expectations.Infer(ordered, options), "t"));
        var ahead = new Table(Column.Of("t", [.. Enumerable.Range(0, 50).Select(i => start.AddYears(i * 7 % 50))]));
        Assert.Equal(["type", "not_null", "fresh"], Kinds(Expectations.Infer(ahead, options), "t"));
    }

    [Fact]
    public void Infer_NoRows_IsAnError() => Assert.Throws<ArgumentException>("reference", () => Expectations.Infer(new Table(Column.Of("x", Array.Empty<double>()))));

    private static string[] Kinds(Expectations rules, string column) => [.. rules.Rules.Where(rule => rule.Column == column).Select(rule => rule.Kind)];

    /// <summary>Bell-shaped, heavy-tailed, categorical and missing values, and an identifier.</summary>
    private static Table Loans(int rows, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        string[] kinds = ["salaried", "gig", "self-employed"];
        return new Table(
            Column.Of("id", [.. Enumerable.Range(0, rows).Select(i => $"LA-{(seed * 100_000) + i}")]),
            Column.Of("income", [.. Enumerable.Range(0, rows).Select(_ => Math.Exp(1 + (0.8 * Normal())))]),
            Column.Of("balance", [.. Enumerable.Range(0, rows).Select(_ => random.Next(20) == 0 ? double.NaN : Normal())]),
            Column.Of("age", [.. Enumerable.Range(0, rows).Select(_ => (long)random.Next(18, 76))]),
            Column.Of("kind", [.. Enumerable.Range(0, rows).Select(_ => kinds[random.Next(3)])]));
    }
}
