using MlOps.Data.Generators;

namespace MlOps.Data.Tests;

/// <summary>What the card promises is in the data, measured with shares and medians only.</summary>
public class LoanApplicationsTests
{
    private static readonly Table All = LoanApplications.Generate();

    [Fact]
    public void Generate_SameSeed_GivesTheSameTableAndAnotherSeedAnother()
    {
        CsvText.AssertEqual(LoanApplications.Generate(500, 3), LoanApplications.Generate(500, 3));
        Assert.NotEqual(LoanApplications.Generate(500, 3).Numbers("income"), LoanApplications.Generate(500, 4).Numbers("income"));
        Assert.Equal(1, LoanApplications.Generate(1).RowCount);
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => LoanApplications.Generate(0)).ParamName);
    }

    [Fact]
    public void Generate_Values_AreInTheRangesOfTheCard()
    {
        Assert.All(All.Numbers("age"), age => Assert.InRange(age, 21, 64));
        Assert.All(All.Numbers("income"), income => Assert.True(income >= 96_000 && income % 1000 == 0));
        Assert.All(All.Numbers("amount"), amount => Assert.True(amount >= 10_000 && amount % 5000 == 0));
        Assert.All(All.Numbers("existing_emi"), emi => Assert.True(emi >= 0 && emi % 100 == 0));
        Assert.All(All.Longs("credit_score").Present(), score => Assert.InRange(score, 300, 900));
        Assert.Equal([6, 12, 18, 24, 36, 48, 60], All.Numbers("tenure_months").Distinct().Order());
        Assert.Equal([.. Enumerable.Range(1, 18)], All.GroupBy("month").Keys.Numbers("month").Select(m => (int)m));
        Assert.Equal(0, All.Select("age", "income", "amount", "existing_emi", "festival_season", "decision", "pin_cluster").Columns.Sum(c => c.MissingCount));
    }

    [Fact]
    public void Generate_Dates_AgreeWithMonthAndSeason()
    {
        Assert.All(Enumerable.Range(0, All.RowCount), row =>
        {
            DateTime day = All.Times("applied_on")[row]!.Value;
            Assert.Equal(((day.Year - 2024) * 12) + day.Month - 6, All.Longs("month")[row]);
            bool season = (day >= new DateTime(2024, 10, 3) && day <= new DateTime(2024, 11, 3)) || (day >= new DateTime(2025, 9, 22) && day <= new DateTime(2025, 10, 23));
            Assert.Equal(season, All.Bools("festival_season")[row]);
        });
        CsvText.AssertEqual(All, All.OrderBy("applied_on"));
    }

    [Fact]
    public void Decision_EveryRow_FollowsTheRuleOfTheCard()
    {
        for (int row = 0; row < All.RowCount; row++)
        {
            double load = (All.Longs("existing_emi")[row]!.Value + ((double)All.Longs("amount")[row]!.Value / All.Longs("tenure_months")[row]!.Value)) * 12 / All.Longs("income")[row]!.Value;
            double points = (((All.Longs("credit_score")[row] ?? 660) - 600) / 10.0) - (12 * load)
                - (All.Strings("employment")[row] == "gig" ? 2 : 0)
                - (All.Strings("pin_cluster")[row] is "F" or "G" or "H" ? 3 : 0);
            if (Math.Abs(points - 2) > 1e-9)
            {
                Assert.Equal(points >= 2 && load <= 0.62 ? "approved" : "declined", All.Strings("decision")[row]);
            }

            Assert.Equal(All.Strings("decision")[row] == "declined", All["default"].IsMissing(row));
        }
    }

    [Fact]
    public void CovariateDrift_FromMonth10_MovesTheMixGradually()
    {
        double[] tier1 = ByMonth(All, Agg.Share("city_tier", "tier-1"));
        double[] gig = ByMonth(All, Agg.Share("employment", "gig"));
        double[] income = ByMonth(All, Agg.Median("income"));

        // With about 1000 rows a month a share near 0.5 has a standard error of 0.016.
        Assert.All(tier1[..9], share => Assert.InRange(share, 0.45, 0.55));
        Assert.All(gig[..9], share => Assert.InRange(share, 0.06, 0.14));
        Assert.InRange(tier1[9], 0.38, 0.48);
        Assert.All(tier1[14..], share => Assert.InRange(share, 0.21, 0.31));
        Assert.All(gig[14..], share => Assert.InRange(share, 0.24, 0.34));
        Assert.True(tier1[9] > tier1[11] && tier1[11] > tier1[13], "gradual");
        Assert.True(income[14..].Max() < income[..9].Min(), "income falls");
    }

    [Fact]
    public void CovariateDrift_SwitchedOff_ChangesNoRowBeforeMonth10AndLeavesTheMixAlone()
    {
        Table without = LoanApplications.Generate(options: new LoanApplicationsOptions { CovariateDrift = false });

        CsvText.AssertEqual(All.Where("month", m => m < 10), without.Where("month", m => m < 10));
        Assert.All(ByMonth(without, Agg.Share("city_tier", "tier-1")), share => Assert.InRange(share, 0.44, 0.56));
    }

    [Fact]
    public void ConceptShift_FromMonth14_MakesExistingLoansDangerousAndNothingElse()
    {
        Table before = WithLoad(All).Where("month", m => m < 14);
        Table after = WithLoad(All).Where("month", m => m >= 14);

        Assert.InRange(DefaultRate(before.Where("load", l => l > 0.2)), 0.08, 0.18);
        Assert.InRange(DefaultRate(after.Where("load", l => l > 0.2)), 0.40, 0.65);
        Assert.InRange(DefaultRate(after.Where("load", 0)) - DefaultRate(before.Where("load", 0)), -0.03, 0.03);

        Table without = LoanApplications.Generate(options: new LoanApplicationsOptions { ConceptShift = false });
        CsvText.AssertEqual(All.Drop("default"), without.Drop("default"));
        CsvText.AssertEqual(All.Where("month", m => m < 14), without.Where("month", m => m < 14));
    }

    [Fact]
    public void FestivalBump_BothYears_RaisesVolumeAmountAndPurposeAndThenGoes()
    {
        double[] count = ByMonth(All, Agg.Count());
        double[] festival = ByMonth(All, Agg.Share("purpose", "festival"));
        double quiet = (count[..3].Sum() + count[5..9].Sum()) / 7;

        Assert.InRange(count[3] / quiet, 1.7, 2.1);
        Assert.InRange(count[15] / quiet, 1.4, 1.8); // 23 of 31 days
        Assert.All(festival[5..9], share => Assert.InRange(share, 0.01, 0.05));
        Assert.All(festival[16..], share => Assert.InRange(share, 0.01, 0.05));
        Table rest = All.Where("festival_season", false);
        foreach ((int from, int to) in ((int, int)[])[(1, 9), (15, 18)])
        {
            Table season = All.Where("festival_season", true).Where("month", m => m >= from && m <= to);
            Assert.InRange(season.Where("purpose", "festival").RowCount / (double)season.RowCount, 0.19, 0.25);
            Assert.InRange(MedianShareOfIncome(season.Where("purpose", "vehicle")) / MedianShareOfIncome(rest.Where("purpose", "vehicle")), 1.25, 1.45);
        }
    }

    [Fact]
    public void FestivalBump_SwitchedOff_LeavesVolumeEvenAndStillMarksTheSeason()
    {
        Table without = LoanApplications.Generate(options: new LoanApplicationsOptions { FestivalBump = false });

        Assert.All(ByMonth(without, Agg.Count()), count => Assert.InRange(count, 950, 1250)); // 20,000 over 549 days: 1020 to 1130
        Assert.All(ByMonth(without, Agg.Share("purpose", "festival")), share => Assert.InRange(share, 0.01, 0.05));
        Assert.Equal(1, without.Where("festival_season", true).GroupBy("festival_season").Count);
    }

    [Fact]
    public void QuietMonths_EveryColumn_StayAsTheyAre()
    {
        // χ² of each quiet month against the other quiet months, per category; with about 1000 rows a month the 99.99 %
        // quantile is 15.1 for 1, 18.4 for 2, 23.5 for 4 and 29.9 for 7 degrees of freedom (tables).
        Table quiet = All.Where("month", m => m is <= 3 or (>= 6 and <= 9));
        foreach ((string column, double limit) in ((string, double)[])[("gender", 18.4), ("city_tier", 18.4), ("employment", 23.5), ("purpose", 29.9), ("pin_cluster", 29.9), ("decision", 15.1)])
        {
            Assert.All((int[])[1, 2, 3, 6, 7, 8, 9], month => Assert.InRange(ChiSquare(quiet, column, month), 0, limit));
        }

        double[] income = ByMonth(quiet, Agg.Median("income"));
        Assert.All(income, median => Assert.InRange(median / income.Average(), 0.95, 1.05));
    }

    [Fact]
    public void Proxy_Cluster_DecidesButDoesNotPredict()
    {
        Table revealed = LoanApplications.Generate(options: new LoanApplicationsOptions { IncludeCommunity = true, RevealDeclined = true });
        Assert.Equal(0, revealed["default"].MissingCount);
        CsvText.AssertEqual(All.Drop("default"), revealed.Drop("default", "community"));

        Table q = revealed.Where("community", "Q");
        Table p = revealed.Where("community", "P");
        Assert.InRange(ShareInFToH(q), 0.68, 0.76);
        Assert.InRange(ShareInFToH(p), 0.13, 0.21);
        Assert.True(Approved(p) - Approved(q) > 0.08, "the rule treats the communities unequally");

        // Within a cluster the communities default alike up to what their incomes explain.
        Assert.InRange(DefaultRate(q) - DefaultRate(p), -0.02, 0.02);
    }

    private static double[] ByMonth(Table table, Agg aggregate) => table.GroupBy("month").Aggregate(aggregate).Numbers(aggregate.Name);

    private static Table WithLoad(Table table)
    {
        double[] emi = table.Numbers("existing_emi");
        double[] income = table.Numbers("income");
        return table.With(Column.Of("load", [.. emi.Select((e, i) => e * 12 / income[i])]));
    }

    private static double DefaultRate(Table table) => table.Bools("default").Present().Average(d => d ? 1.0 : 0.0);

    private static double Approved(Table table) => table.Where("decision", "approved").RowCount / (double)table.RowCount;

    private static double ShareInFToH(Table table) => table.Texts("pin_cluster").Average(c => c is "F" or "G" or "H" ? 1.0 : 0.0);

    private static double MedianShareOfIncome(Table table)
    {
        double[] income = table.Numbers("income");
        double[] shares = [.. table.Numbers("amount").Select((a, i) => a / income[i]).Order()];
        return shares[shares.Length / 2];
    }

    /// <summary>Two-sample χ² of the categories of one month against all other months.</summary>
    private static double ChiSquare(Table table, string column, int month)
    {
        Table one = table.Where("month", month);
        Table others = table.Where("month", m => m != month);
        double share = (double)one.RowCount / table.RowCount;
        double sum = 0;
        foreach (string level in table.Texts(column).Distinct().OfType<string>())
        {
            double a = one.Where(column, level).RowCount;
            double b = others.Where(column, level).RowCount;
            sum += (Math.Pow(a - ((a + b) * share), 2) / ((a + b) * share)) + (Math.Pow(b - ((a + b) * (1 - share)), 2) / ((a + b) * (1 - share)));
        }

        return sum;
    }
}
