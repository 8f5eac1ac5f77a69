using System.Text.Json;
using MlOps.Data.Identifiers;
using MlOps.Data;
using MlOps.Drift.Quality;

namespace MlOps.Drift.Tests.Quality;

public sealed class QualityCheckTests
{
    private static readonly Table s_people = new(
        Column.Of("id", 1L, 2, 3, 4),
        Column.Of("age", 30L, 17, 45, 200),
        Column.Of("pay", 1.5, double.NaN, double.PositiveInfinity, 2.5));

    [Fact]
    public void Check_OneRow_NamesRowValueAndRule()
    {
        ExpectationResult result = Check(s_people, new ValueRange("age", 18, 75)).Results[0];
        Assert.Equal(ExpectationOutcome.Failed, result.Outcome);
        Assert.Equal("2 of 4 values outside 18 … 75. First 17 in row 1.", result.Message);
        Assert.Equal([1L, 3], result.FirstFailingRows);
        Assert.Equal("age", result.Column);
        Assert.Equal(QualitySeverity.Error, result.Severity);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.500001, false)]
    [InlineData(0, true)]
    public void Check_Mostly_JudgesTheShareAndStillCountsTheRows(double mostly, bool passes)
    {
        ExpectationResult result = Check(s_people, new ValueRange("age", 18, 75) { Mostly = mostly }).Results[0];
        Assert.Equal(passes, result.Passed);
        Assert.Equal(2, result.FailingRows);
    }

    [Fact]
    public void Check_MostlyThatNoDoubleHolds_CountsExactly()
    {
        // 0.07 · 100 is 7.000000000000001 in doubles; 7 of 100 are 0.07 nevertheless.
        var table = new Table(Column.Of("x", [.. Enumerable.Range(0, 100).Select(i => i < 7 ? 1.0 : -1)]));
        Assert.True(Check(table, new ValueRange("x", 0) { Mostly = 0.07 }).Passed);
    }

    [Fact]
    public void Check_NaNAndInfinity_AreCountedAndReported()
    {
        QualityReport report = Check(s_people, new ValueRange("pay", max: 100), new Finite("pay"), new NotNull("pay"), new StatisticBetween("pay", SummaryStatistic.Mean, 0, 10), new StatisticBetween("pay", SummaryStatistic.StandardDeviation, 0, 10));
        Assert.All(report.Results, result => Assert.False(result.Passed));
        Assert.Equal([2L], report.RowsFailing(new Finite("pay")));
        Assert.Equal([1L], report.RowsFailing(new NotNull("pay")));
        ColumnQuality pay = report.Columns.Single(column => column.Name == "pay");
        Assert.Equal((1, 1), (pay.Missing, pay.Infinite));
        Assert.Contains("∞ with 1 infinite value", report.Results[3].Message, StringComparison.Ordinal);
        Assert.Contains("undefined with 1 infinite value", report.Results[4].Message, StringComparison.Ordinal);
        Assert.Contains("1 infinite", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ColumnChangedType_IsOneFindingAndTheRestIsNotEvaluated()
    {
        var table = new Table(Column.Of("age", "30", "forty", "50"), Column.Of("id", 1L, 2, 3));
        QualityReport report = Check(table, new NotNull("age"), new ValueRange("age", 0, 100), new ColumnType("age", ExpectedType.Long), new CompareColumns("id", Relation.Less, "age"), new Unique("id"));
        Assert.Equal(
            [ExpectationOutcome.NotEvaluated, ExpectationOutcome.NotEvaluated, ExpectationOutcome.Failed, ExpectationOutcome.NotEvaluated, ExpectationOutcome.Passed],
            report.Results.Select(result => result.Outcome));
        Assert.Equal("The column holds text where whole numbers are expected; 1 of its 3 values cannot be read so. First 'forty' in row 1.", report.Results[2].Message);
        Assert.True(report.Results[0].Passed); // nothing speaks against it
        Assert.Single(report.Failed);
    }

    [Fact]
    public void Check_ChangedTypeWithoutRuleAboutIt_TheFirstRuleTellsIt()
    {
        QualityReport report = Check(new Table(Column.Of("age", "a", "b")), new ValueRange("age", 0, 1), new StatisticBetween("age", SummaryStatistic.Mean, 0, 1));
        Assert.Equal([ExpectationOutcome.Failed, ExpectationOutcome.NotEvaluated], report.Results.Select(result => result.Outcome));
        Assert.Equal("The column holds text where numbers are expected.", report.Results[0].Message);
    }

    [Theory]
    [InlineData(ExpectedType.Double, true)] // whole numbers are numbers
    [InlineData(ExpectedType.Long, true)]
    [InlineData(ExpectedType.String, false)]
    [InlineData(ExpectedType.Bool, false)]
    public void ColumnType_WholeNumbers(ExpectedType type, bool passes) =>
        Assert.Equal(passes, Check(s_people, new ColumnType("age", type)).Passed);

    [Fact]
    public void ColumnType_NumbersWhereWholeOnesAreExpected_NamesTheBrokenOnes()
    {
        QualityReport report = Check(new Table(Column.Of("n", 1.0, 2.5, double.NaN)), new ColumnType("n", ExpectedType.Long));
        Assert.Equal([1L], report.RowsFailing(new ColumnType("n", ExpectedType.Long)));
    }

    [Fact]
    public void Check_ColumnGone_IsOneFindingWithTheNearestName()
    {
        QualityReport report = Check(s_people, new NotNull("aeg"), new ColumnExists("aeg"), new Unique("aeg", "id"));
        Assert.Equal([ExpectationOutcome.NotEvaluated, ExpectationOutcome.Failed, ExpectationOutcome.NotEvaluated], report.Results.Select(result => result.Outcome));
        Assert.Contains("did you mean 'age'.", report.Results[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_EmptyTable_FailsForItsRowsAndEvaluatesNothing()
    {
        QualityReport report = Check(s_people.Head(0), new ColumnExists("age"), new NotNull("age"), new ValueRange("age", 0), new StatisticBetween("age", SummaryStatistic.Mean, 0), new DistinctCount("age", 1), new ColumnType("age", ExpectedType.String));
        Assert.False(report.Passed);
        Assert.IsType<RowCount>(report.Results[0].Expectation);
        Assert.Equal(ExpectationOutcome.Passed, report.Results[1].Outcome);
        Assert.All(report.Results.Skip(2), result => Assert.Equal(ExpectationOutcome.NotEvaluated, result.Outcome));
        Assert.Contains("nothing to evaluate", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_EmptyTableWithRowCount_HasThatOneFinding()
    {
        QualityReport report = Check(s_people.Head(0), new RowCount(min: 1));
        Assert.Equal("The table has 0 rows; expected at least 1.", Assert.Single(report.Results).Message);
        Assert.True(Check(s_people.Head(0), new RowCount(min: 0, max: 9)).Passed); // who allows it, has it
        Assert.False(Check(s_people.Head(0), new RowCount(min: 1) { Severity = QualitySeverity.Warning }).Passed);
    }

    [Fact]
    public void Check_ColumnWithoutAnyValue_IsNotEvaluatedNorOfAWrongType()
    {
        var table = new Table(Column.Of("x", double.NaN, double.NaN));
        QualityReport report = Check(table, new ColumnType("x", ExpectedType.DateTime), new ValueRange("x", 0), new NotNull("x") { Mostly = 0.5 });
        Assert.Equal(ExpectationOutcome.NotEvaluated, report.Results[0].Outcome);
        Assert.Equal(ExpectationOutcome.NotEvaluated, report.Results[1].Outcome);
    }

    [Fact]
    public void Check_PartsOfOtherColumns_SaysWhich()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Expectations("t", []).Check([s_people, s_people.Drop("age")]));
        Assert.Contains("from row 4 on", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Expectations("t", []).Check([]));
    }

    [Fact]
    public void Check_InParts_KeepsNoRows()
    {
        QualityReport report = new Expectations("t", [new ValueRange("age", 18, 75)]).Check([s_people.Rows(..2), s_people.Rows(2..)]);
        Assert.Equal([1L, 3], report.Results[0].FirstFailingRows);
        Assert.Throws<InvalidOperationException>(() => report.RowsFailing(new ValueRange("age", 18, 75)));
    }

    [Fact]
    public void BadRows_HasNumberReasonsAndColumns_ButNoToleratedRowAndNoPersonalData()
    {
        Table table = s_people.With(Column.Of("email", "a@b.in", "c@d.in", "e@f.in", "g@h.in"), Column.Of("row", 9L, 8, 7, 6));
        var expectations = new Expectations("t", [new ValueRange("age", 18, 75), new NotNull("pay") { Mostly = 0.5 }, new MatchesPattern("email", "x.*")]);
        Table bad = expectations.Check(table.Rows(..2)).BadRows(table.Rows(..2));
        Assert.Equal(["row_", "reasons", "id", "age", "pay", "row"], bad.Columns.Select(column => column.Name));
        QualityReport report = expectations.Check(table);
        Assert.DoesNotContain("@", report.ToJson() + report + report.ToHtml(), StringComparison.Ordinal);
        Assert.Equal([true, true, true, true], report.FailingMask());
        Assert.Equal("range of age: 18 … 75; pattern of email: text like x.*", ((StringColumn)report.BadRows(table)["reasons"])[1]);
        Assert.Equal([false, true, false, true], Check(table, new ValueRange("age", 18, 75), new NotNull("pay") { Mostly = 0.5 }).FailingMask());
    }

    [Fact]
    public void Check_PersonalColumnNamedInTheRules_IsNeverQuoted()
    {
        var rules = new Expectations("t", [new ValueRange("age", 18, 75)], new Dictionary<string, PersonalDataKind> { ["age"] = PersonalDataKind.BirthDate });
        Assert.Equal("2 of 4 values outside 18 … 75. First in row 1.", rules.Check(s_people).Results[0].Message);
    }

    [Fact]
    public void Severity_WarningsOnly_PassButMeetTheWarningGate()
    {
        QualityReport report = Check(s_people, new ValueRange("age", 18, 75) { Severity = QualitySeverity.Warning });
        Assert.True(report.Passed);
        Assert.Equal(QualitySeverity.Warning, report.Worst);
        Assert.True(report.MeetsOrExceeds(QualitySeverity.Warning));
        Assert.False(report.MeetsOrExceeds(QualitySeverity.Error));
        Assert.False(Check(s_people, new NotNull("id")).MeetsOrExceeds(QualitySeverity.Warning));
    }

    [Fact]
    public void Unique_ZeroMinusZeroMissingAndLongTexts_AreTold()
    {
        var table = new Table(Column.Of("x", 0.0, -0.0, double.NaN, double.NaN, 5), Column.Of("s", "", "", null, new string('a', 1000), new string('a', 1000) + "b"));
        QualityReport report = Check(table, new Unique("x"), new Unique("s"), new Unique("x", "s"), new UniqueRows());
        Assert.Equal([1L], report.RowsFailing(new Unique("x")));
        Assert.Equal([1L], report.RowsFailing(new Unique("s")));
        Assert.Equal([1L], report.RowsFailing(new Unique("x", "s")));
        Assert.Equal([1L], report.RowsFailing(new UniqueRows()));
    }

    [Fact]
    public void Unique_ManyKeysWithRepeats_FindsExactlyTheLaterOnes()
    {
        // Brute force: a HashSet of the pairs themselves.
        var random = new Random(4);
        (long A, string B)[] pairs = [.. Enumerable.Range(0, 50_000).Select(_ => ((long)random.Next(300), random.Next(300).ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        var seen = new HashSet<(long, string)>();
        long[] expected = [.. Enumerable.Range(0, pairs.Length).Where(i => !seen.Add(pairs[i])).Select(i => (long)i)];
        var table = new Table(Column.Of("a", [.. pairs.Select(pair => pair.A)]), Column.Of("b", [.. pairs.Select(pair => pair.B)]));
        Assert.Equal(expected, Check(table, new Unique("a", "b")).RowsFailing(new Unique("a", "b")));
    }

    [Fact]
    public void AllowedValues_NumbersAndTruths_AreReadAsSuch()
    {
        var table = new Table(Column.Of("n", 1.0, 2, 3), Column.Of("b", true, false, true));
        QualityReport report = Check(table, new AllowedValues("n", "1.0", "2"), new AllowedValues("b", "true"));
        Assert.Equal([2L], report.RowsFailing(new AllowedValues("n", "1.0", "2")));
        Assert.Equal([1L], report.RowsFailing(new AllowedValues("b", "true")));
    }

    [Fact]
    public void TextLength_Surrogates_CountAsOneCharacter() =>
        Assert.True(Check(new Table(Column.Of("t", "🍎🍎")), new TextLength("t", 2, 2)).Passed);

    [Fact]
    public void ColumnOrder_SwappedMissingAndExtra_AreTold()
    {
        Assert.True(Check(s_people, new ColumnOrder(["id", "pay"])).Passed);
        Assert.Contains("The order is id, pay", Check(s_people, new ColumnOrder(["pay", "id"])).Results[0].Message, StringComparison.Ordinal);
        Assert.Contains("Missing: x", Check(s_people, new ColumnOrder(["id", "x"])).Results[0].Message, StringComparison.Ordinal);
        Assert.Contains("Not expected: pay", Check(s_people, new ColumnOrder(["id", "age"], others: false)).Results[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExistsIn_TableNotGivenOrOfAnotherType_IsBadInput()
    {
        var rules = new Expectations("t", [new ExistsIn("id", "people")]);
        Assert.Contains("needs the table 'people'", Assert.Throws<ArgumentException>(() => rules.Check(s_people)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => rules.Check(s_people, others: new Dictionary<string, Table> { ["people"] = new(Column.Of("id", "1")) }));
        Assert.Throws<ArgumentException>(() => rules.Check(s_people, others: new Dictionary<string, Table> { ["people"] = new(Column.Of("x", 1L)) }));
        QualityReport report = rules.Check(s_people, others: new Dictionary<string, Table> { ["people"] = new(Column.Of("id", 1.0, 2, 4)) });
        Assert.Equal([2L], report.RowsFailing(rules.Rules[0])); // whole numbers among doubles
    }

    [Fact]
    public void Constructors_Wrong_NameTheArgument()
    {
        Assert.Throws<ArgumentException>("min", () => new ValueRange("a"));
        Assert.Throws<ArgumentOutOfRangeException>("max", () => new ValueRange("a", max: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("Mostly", () => new NotNull("a") { Mostly = 1.1 });
        Assert.Throws<ArgumentException>("q", () => new StatisticBetween("a", SummaryStatistic.Quantile, 0));
        Assert.Throws<ArgumentException>("values", () => new AllowedValues("a"));
        Assert.Throws<ArgumentException>("columns", () => new Unique("a", "a"));
        Assert.Throws<ArgumentException>("column", () => new NotNull(" "));
        Assert.Throws<ArgumentException>("rules", () => new Expectations("t", [new NotNull("a"), new NotNull("a")]));
    }

    [Fact]
    public void Report_JsonHtmlAndChart_TellTheSame()
    {
        QualityReport report = Check(s_people, new ValueRange("age", 18, 75) { Because = "<law> & order" }, new NotNull("id"), new NotNull("gone"));
        JsonElement json = JsonDocument.Parse(report.ToJson()).RootElement;
        Assert.Equal("error", json.GetProperty("worst").GetString());
        Assert.False(json.GetProperty("passed").GetBoolean());
        Assert.Equal(["failed", "passed", "failed"], json.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("outcome").GetString()));
        Assert.Equal(2, json.GetProperty("results")[0].GetProperty("failingRows").GetInt64());
        string page = report.ToHtml();
        Assert.Contains("&lt;law&gt; &amp; order", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("2 of 3 expectations failed: 2 errors", report.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.Contains("50", report.Chart().ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Check(s_people, new RowCount(1)).Chart());
    }

    private static QualityReport Check(Table table, params Expectation[] rules) => new Expectations("t", rules).Check(table);
}
