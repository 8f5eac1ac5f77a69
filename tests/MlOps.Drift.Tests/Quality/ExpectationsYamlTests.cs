using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Data.Identifiers;
using MlOps.Drift.Quality;

namespace MlOps.Drift.Tests.Quality;

public sealed class ExpectationsYamlTests
{
    private static readonly Config s_cases = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260101UL, 17UL);

    private static readonly Expectations s_every = new(
        "every kind: of rule",
        [
            new RowCount(10, 20),
            new ColumnExists("a"),
            new ColumnType("a", ExpectedType.DateTime),
            new ColumnOrder(["a", "b"], others: false) { Severity = QualitySeverity.Warning },
            new NotNull("a") { Mostly = 0.95, Because = "line one\nline two: 'quoted' # no comment" },
            new Finite("a"),
            new ValueRange("a", -0.1, 1e-17, strict: true),
            new AllowedValues("a", "1", "true", "", "null", "2024-01-01", "a, b", " blank ", "ü", "[x]"),
            new MatchesPattern("a", @"\d{3}-[a-z""']+\\"),
            new TextLength("a", 0, 5),
            new Unique("a"),
            new Unique("a", "b"),
            new UniqueRows { Mostly = 0.5 },
            new Monotonic("a", decreasing: true, strict: true),
            new StatisticBetween("a", SummaryStatistic.Quantile, null, 5, 0.25),
            new StatisticNear("a", SummaryStatistic.Mean, 1.0 / 3, 2, 0.5),
            new MostCommonShare("a", 0.8),
            new DistinctCount("a", 2),
            new Fresh("a", TimeSpan.FromHours(26), "Europe/Berlin"),
            new NotInFuture("a", TimeSpan.FromMilliseconds(1500)),
            new TimeOrder("a", TimeSpan.FromDays(2), "Asia/Kolkata"),
            new ExistsIn("a", "cities", "name"),
            new CompareColumns("a", Relation.LessOrEqual, "b"),
        ],
        new Dictionary<string, PersonalDataKind> { ["true"] = PersonalDataKind.Email, ["b"] = PersonalDataKind.BirthDate });

    [Fact]
    public void ToYaml_EveryKind_ReadsBackEqualAndToTheSameBytes()
    {
        string yaml = s_every.ToYaml();
        Expectations read = Expectations.FromYaml(yaml);
        Assert.Equal(s_every, read);
        Assert.Equal(s_every.GetHashCode(), read.GetHashCode());
        Assert.Equal(yaml, read.ToYaml());
    }

    [Fact]
    public void ToYaml_SimpleRule_ReadsAsPeopleWriteIt()
    {
        string yaml = new Expectations("loans", [new ValueRange("age", 18, 75) { Mostly = 0.99, Because = "policy" }]).ToYaml();
        Assert.Equal("name: loans\nexpectations:\n- expect: range\n  column: age\n  min: 18\n  max: 75\n  mostly: 0.99\n  because: policy\n", yaml);
    }

    [Fact]
    public void ToYaml_AnyNumbers_ReadBackToTheSameDouble() => Prop.ForAll(
        ArbMap.Default.ArbFor<double>().Filter(double.IsFinite),
        value => Expectations.FromYaml(new Expectations("x", [new ValueRange("a", value)]).ToYaml()).Rules[0].Equals(new ValueRange("a", value))).Check(s_cases);

    [Fact]
    public void ToYaml_AnyText_ReadsBackToTheSameText() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString>().Filter(text => text.Get.All(letter => !char.IsControl(letter) && !char.IsSurrogate(letter) && letter < 0xFFFE)),
        text => Expectations.FromYaml(new Expectations("x", [new AllowedValues("a", text.Get) { Because = text.Get }]).ToYaml()).Rules[0].Equals(new AllowedValues("a", text.Get) { Because = text.Get })).Check(s_cases);

    [Fact]
    public void ToYaml_OtherCulture_IsTheSame()
    {
        string yaml = s_every.ToYaml();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(yaml, s_every.ToYaml());
            Assert.Equal(s_every, Expectations.FromYaml(yaml));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ToJson_EveryKind_HasTheFieldsOfTheYaml()
    {
        JsonElement json = JsonDocument.Parse(s_every.ToJson()).RootElement;
        Assert.Equal("every kind: of rule", json.GetProperty("name").GetString());
        Assert.Equal("email", json.GetProperty("personalData").GetProperty("true").GetString());
        JsonElement[] rules = [.. json.GetProperty("expectations").EnumerateArray()];
        Assert.Equal(s_every.Rules.Select(rule => rule.Kind), rules.Select(rule => rule.GetProperty("expect").GetString()));
        Assert.Equal(1e-17, rules[6].GetProperty("max").GetDouble());
    }

    [Theory]
    [InlineData("expectations:\n- expect: range\n  colum: age\n  min: 1\n", "line 3, column 3", "did you mean 'column'")]
    [InlineData("expectations:\n- expect: range\n  min: 1\n", "line 2", "'column' is missing")]
    [InlineData("expectations:\n- expect: range\n  column: age\n  mn: 1\n", "line 4, column 3", "did you mean 'min'")]
    [InlineData("expectations:\n- expect: range\n  column: age\n  mni: 1\n  max: 5\n", "line 4, column 3", "did you mean 'min'")]
    [InlineData("expectations:\n- expect: rnage\n  column: age\n", "line 2, column 11", "did you mean 'range'")]
    [InlineData("expectation:\n- expect: range\n", "line 1", "did you mean 'expectations'")]
    [InlineData("expectations:\n- expect: range\n  column: age\n  min: five\n", "line 4, column 8", "is a number")]
    [InlineData("expectations:\n- expect: range\n  column: age\n  min: 5\n  max: 1\n", "line 2", "No value lies between")]
    [InlineData("expectations:\n- expect: range\n  column: age\n", "line 2", "limit is needed")]
    [InlineData("expectations:\n- expect: range\n  column: age\n  min: 5\n  min: 6\n", "line 5", "")]
    [InlineData("expectations:\n- expect: type\n  column: age\n  type: lon\n", "line 4", "did you mean 'long'")]
    [InlineData("expectations:\n- expect: not_null\n  column: age\n  mostly: 95\n", "line 2", "share between 0 and 1")]
    [InlineData("expectations:\n- expect: not_null\n  column: age\n  severity: warn\n", "line 4", "warning")]
    [InlineData("expectations:\n- expect: row_count\n  min: -3\n", "line 3", "whole number")]
    [InlineData("expectations:\n- expect: row_count\n  min: 3\n  mostly: 0.5\n", "line 4", "unknown key 'mostly'")]
    [InlineData("expectations:\n- expect: fresh\n  column: t\n  max_age: 26 hours\n", "line 4", "26h")]
    [InlineData("expectations:\n- expect: fresh\n  column: t\n  max_age: 26h\n  time_zone: Mars/Base\n", "line 2", "Mars/Base")]
    [InlineData("expectations:\n- expect: pattern\n  column: t\n  pattern: '(a'\n", "line 2", "(a")]
    [InlineData("expectations:\n- expect: pattern\n  column: t\n  pattern: '(?=a)'\n", "line 2", "(?=a)")]
    [InlineData("expectations:\n- expect: unique_rows\n- expect: unique_rows\n", "line 3", "twice")]
    [InlineData("expectations: 5\n", "line 1, column 15", "list")]
    [InlineData("expectations:\n  - [\n", "line", "")]
    [InlineData("personal_data:\n  mail: e-mail\nexpectations: []\n", "line 2", "did you mean 'email'")]
    [InlineData("", "line 1", "one YAML document")]
    public void FromYaml_Wrong_NamesThePlaceAndTheRemedy(string yaml, string place, string problem)
    {
        ExpectationsFormatException error = Assert.Throws<ExpectationsFormatException>(() => Expectations.FromYaml(yaml));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
