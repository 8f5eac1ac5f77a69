using System.Text.Json;
using MlOps.Data;

namespace MlOps.Drift.Tests;

/// <summary>Tests on request, effect sizes, infinite values, changed types, and the page.</summary>
public sealed class DriftReportPolicyTests
{
    private static readonly DriftOptions All = new() { Tests = DriftTests.All };

    private static Table Reference => Make(600, 1, 0);

    private static Table Current => Make(500, 9, 0.4);

    [Fact]
    public void Compare_AllTests_RunsThoseThatFitInTheAgreedOrder()
    {
        DriftReport report = DriftReport.Compare(Reference, Current, All);

        Assert.Equal(
            ["psi", "ks", "wasserstein", "jensen-shannon", "kl", "energy", "hellinger", "total-variation", "anderson-darling", "cramer-von-mises", "mann-whitney", "welch"],
            report["x"].Tests.Select(test => test.Name));
        Assert.Equal(["psi", "chi2", "jensen-shannon", "kl", "hellinger", "total-variation", "g", "fisher", "z"], report["yes"].Tests.Select(test => test.Name));
        Assert.Equal(["psi", "chi2", "jensen-shannon", "kl", "hellinger", "total-variation", "g"], report["city"].Tests.Select(test => test.Name));
        Assert.Equal(DriftTestNames.All.Order(), report.Columns.SelectMany(column => column.Tests).Select(test => test.Name).Distinct().Order());
    }

    [Fact]
    public void Compare_TestsOnRequest_AreThoseOfTheSingleTests()
    {
        (double[] a, double[] b) = (Samples.Make("bell", 600, 1, 0), Samples.Make("bell", 500, 9, 0.4));
        ColumnDrift column = DriftReport.Compare(Reference, Current, All)["x"];

        Assert.Equal(AndersonDarling.Test(a, b).Statistic, column["anderson-darling"].Statistic);
        Assert.Equal(CramerVonMises.Test(a, b).PValue, column["cramer-von-mises"].PValue);
        Assert.Equal(new EffectSize("rank-biserial", MannWhitney.Test(a, b).RankBiserial), column["mann-whitney"].EffectSize);
        References.AssertClose(Welch.Test(a, b).PValue, column["welch"].PValue!.Value, "welch");
        References.AssertClose(Welch.Test(a, b).HedgesG, column["welch"].EffectSize!.Value.Value, "g"); // from sorted values: another rounding
        Assert.Equal(EnergyDistance.Measure(a, b).Distance, column["energy"].Statistic);
        Assert.Equal(Hellinger.Measure(a, b).Distance, column["hellinger"].Statistic);
        Assert.Equal(TotalVariation.Measure(a, b).Distance, column["total-variation"].Statistic);
    }

    [Fact]
    public void Compare_EveryPValue_StandsBesideAnEffectAndEveryDistanceBesideChance()
    {
        DriftReport report = DriftReport.Compare(Reference, Current, All);

        Assert.All(report.Columns.SelectMany(column => column.Tests), test =>
        {
            Assert.True(test.PValue is null || test.EffectSize is not null, test.Name);
            Assert.True(test.PValue is not null || test.Chance is > 0, test.Name);
        });
        Assert.True(report["x"]["ks"].Statistic > report["x"]["ks"].Chance);
        Assert.Equal(report["x"].PsiChanceThreshold, report["x"]["psi"].Chance);
        Assert.True(report["x"]["welch"].EffectSize!.Value.Value > 0); // the values have risen
        Assert.True(report["yes"]["z"].EffectSize!.Value.Value > 0);
    }

    [Fact]
    public void Compare_OneTestAlone_DecidesTheLevel()
    {
        var options = new DriftOptions { Tests = DriftTests.Psi | DriftTests.MannWhitney | DriftTests.G };
        DriftReport report = DriftReport.Compare(Reference, Current, options);

        Assert.Equal("mann-whitney", report["x"].DecidingTest);
        Assert.Equal("g", report["city"].DecidingTest);
        Assert.Equal(DriftLevel.Significant, report["x"].Level);
        Assert.Contains("mann-whitney", DriftReport.Compare(Reference, Current, All).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Infinities_Counted_AreLeftOutAndReportedEverywhere()
    {
        var reference = new Table(Column.Of("a", 1.0, 2, 3, 4));
        var current = new Table(Column.Of("a", double.PositiveInfinity, 1, double.NegativeInfinity, 2, 3, 4, double.NaN));
        DriftReport report = DriftReport.Compare(reference, current, new DriftOptions { Infinities = InfinityPolicy.Count });

        Assert.Equal(new RowCounts(0, 2), report["a"].Infinite);
        Assert.Equal(new RowCounts(0, 1), report["a"].Missing);
        Assert.Equal(0, report["a"]["ks"].Statistic);
        Assert.Contains("infinite values were left out of the tests: 0 of the reference, 2 current", report["a"].Notes);
        using JsonDocument json = JsonDocument.Parse(report.ToJson());
        Assert.Equal(2, json.RootElement.GetProperty("columns")[0].GetProperty("infinite").GetProperty("current").GetInt32());
        Assert.Contains("infinite", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Infinities_NothingElse_IsSignificantWithoutATest()
    {
        var reference = new Table(Column.Of("a", 1.0, 2), Column.Of("b", 1.0, 2));
        var current = new Table(Column.Of("a", double.PositiveInfinity, double.NaN), Column.Of("b", 1.0, 2));
        DriftReport report = DriftReport.Compare(reference, current, new DriftOptions { Infinities = InfinityPolicy.Count });

        Assert.Equal(DriftLevel.Significant, report["a"].Level);
        Assert.Empty(report["a"].Tests);
        Assert.Contains("no current value is finite: nothing to test", report["a"].Notes);
        Assert.Contains("significant", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void TypeChanges_CalledDrift_AreSignificantAndNamed()
    {
        var reference = new Table(Column.Of("a", 1.0, 2), Column.Of("b", 1.0, 2));
        var current = new Table(Column.Of("a", "x", "y"), Column.Of("b", 1.0, 2));
        DriftReport report = DriftReport.Compare(reference, current, new DriftOptions { TypeChanges = TypeChangePolicy.Drift });

        Assert.Equal(["a", "b"], report.Columns.Select(column => column.Name));
        Assert.Equal(DriftLevel.Significant, report["a"].Level);
        Assert.Contains("was numeric in the reference table and is text now: nothing to test", report["a"].Notes);
        Assert.Contains("TypeChanges", Assert.Throws<ArgumentException>(() => DriftReport.Compare(reference, current)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OneCategoryOnBothSides_HasNoDriftAndNoError()
    {
        var table = new Table(Column.Of("c", "a", "a", "a", "a", "a"));
        ColumnDrift column = DriftReport.Compare(table, table, All)["c"];

        Assert.Equal(DriftLevel.None, column.Level);
        Assert.All(column.Tests, test => Assert.False(test.Drift, test.Name));
        Assert.Equal(1, column["chi2"].PValue);
    }

    [Fact]
    public void Compare_ManyTies_WarnsOfCramerVonMises()
    {
        var table = new Table(new Column<double>("n", Samples.Make("ties", 300, 1, 0)));

        Assert.Contains(DriftReport.Compare(table, table, All)["n"].Notes, note => note.StartsWith("cramer-von-mises does not allow for ties", StringComparison.Ordinal));
    }

    [Fact]
    public void ToHtml_Report_IsOneSmallPageWithoutScriptOrOutsideReference()
    {
        var hostile = new Table(new Column<double>("<script>alert(1)</script>", Samples.Make("bell", 300, 1, 0)), new Column<double>("x", Samples.Make("bell", 300, 1, 0)));
        var moved = new Table(new Column<double>("<script>alert(1)</script>", Samples.Make("bell", 300, 4, 1)), new Column<double>("x", Samples.Make("bell", 300, 4, 0)));
        DriftReport report = DriftReport.Compare(hostile, moved, All);
        string html = report.ToHtml();

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", html, StringComparison.Ordinal);
        Assert.Contains("name=\"viewport\"", html, StringComparison.Ordinal);
        Assert.Contains("<desc>", html, StringComparison.Ordinal);
        Assert.True(html.Length < 200_000);
        Assert.Equal(html, DriftReport.Compare(hostile, moved, All with { MaxDegreeOfParallelism = 1 }).ToHtml());
    }

    [Fact]
    public void ToHtml_ManyColumns_StaysBelowAMegabyte()
    {
        double[] values = Samples.Make("bell", 40, 1, 0);
        double[] moved = Samples.Make("bell", 40, 1, 1);
        Table Wide(double[] of) => new(Enumerable.Range(0, 300).Select(i => new Column<double>($"column {i}", of)));

        Assert.InRange(DriftReport.Compare(Wide(values), Wide(moved)).ToHtml().Length, 500_000, 1_000_000);
    }

    [Fact]
    public void WriteHtml_Twice_ReplacesTheFile()
    {
        string path = Path.GetTempFileName();
        try
        {
            DriftReport report = DriftReport.Compare(Reference, Current);
            report.WriteHtml(path);
            report.WriteHtml(path);
            Assert.Equal(report.ToHtml(), File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.ThrowsAny<IOException>(() => DriftReport.Compare(Reference, Current).WriteHtml(Path.Combine(path, "no", "folder.html")));
    }

    private static Table Make(int rows, int seed, double shift)
    {
        double[] u = Samples.Uniforms(rows, seed);
        return new Table(
            new Column<double>("x", Samples.Make("bell", rows, seed, shift)),
            new StringColumn("city", u.Select(v => v + shift < 0.4 ? "metro" : v < 0.8 ? "town" : "village")),
            new Column<bool>("yes", Array.ConvertAll(u, v => v + shift > 0.7)));
    }
}
