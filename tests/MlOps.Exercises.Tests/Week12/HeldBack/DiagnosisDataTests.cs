using System.Runtime.CompilerServices;
using MlOps.Data;
using MlOps.Drift;

namespace MlOps.Exercises.Tests.Week12.HeldBack;

/// <summary>The data of exercise 12.7 show what the answer key says of them.</summary>
public sealed class DiagnosisDataTests
{
    private static readonly string[] s_inputs = ["channel", "employment", "purpose", "income", "existing_emi", "credit_score"];

    public static TheoryData<string> Lenders => ["a", "b", "c"];

    [Fact]
    public void Files_MadeAgain_AreTheSameBytes()
    {
        foreach ((string name, string text) in DiagnosisData.Files())
        {
            // To make them anew after a change of the generator: MAKE_DATA=1 dotnet test --filter DiagnosisData
            if (Environment.GetEnvironmentVariable("MAKE_DATA") == "1")
            {
                File.WriteAllText(PathOf(name), text);
            }

            Assert.Equal(text, File.ReadAllText(PathOf(name)));
        }
    }

    [Theory, MemberData(nameof(Lenders))]
    public void Accuracy_OfEveryLender_FellByFivePoints(string lender)
    {
        Assert.Equal(0.8625, Accuracy(Read(lender, "reference")), 1e-12);
        Assert.Equal(0.8125, Accuracy(Read(lender, "current")), 1e-12);
    }

    [Fact]
    public void LenderA_DriftedInWhoApplies_NotInWhatFollows()
    {
        (Table before, Table now) = (Read("a", "reference"), Read("a", "current"));
        Assert.Equal(["employment", "income"], Drifted(before, now));
        foreach (string kind in (string[])["gig", "salaried", "self-employed"])
        {
            (Table then, Table today) = (before.Where("employment", kind), now.Where("employment", kind));
            Assert.InRange(DefaultRate(today) - DefaultRate(then), -0.03, 0.03);
            Assert.InRange(Accuracy(today) - Accuracy(then), -0.03, 0.03);
        }

        Assert.Equal(FestivalShare(before), FestivalShare(now), 0.03); // a season would show here
    }

    [Fact]
    public void LenderB_DriftedNowhere_AndHeavyInstalmentsDefaultFarMoreOften()
    {
        (Table before, Table now) = (Read("b", "reference"), Read("b", "current"));
        Assert.Empty(Drifted(before, now));
        Assert.Equal(DefaultRate(before.Filter(HasNoLoan)), DefaultRate(now.Filter(HasNoLoan)), 0.03);
        Assert.InRange(DefaultRate(now.Filter(IsHeavy)) - DefaultRate(before.Filter(IsHeavy)), 0.25, 1);
    }

    [Fact]
    public void LenderC_ImpossibleIncomesOfOneChannelFromOneDayOn_CostTheAccuracy()
    {
        (Table before, Table now) = (Read("c", "reference"), Read("c", "current"));
        Assert.Equal(["income"], Drifted(before, now));
        Assert.Equal(96_000, before.Numbers("income").Min());

        Table broken = now.Where("income", income => income < 96_000);
        Assert.Equal(broken.RowCount, now.Filter(row => row.Text("channel") == "partner" && row.Time("applied_on") >= new DateTime(2025, 2, 8)).RowCount);
        Assert.Equal(broken.RowCount, broken.Where("channel", "partner").RowCount);
        Assert.InRange(Accuracy(now.Where("income", income => income >= 96_000)), 0.85, 0.87);
        Assert.InRange(Accuracy(broken), 0.6, 0.72);
    }

    private static string[] Drifted(Table before, Table now) =>
        [.. DriftReport.Compare(before, now, new DriftOptions { Columns = s_inputs }).Columns.Where(column => column.Drift).Select(column => column.Name)];

    private static double Accuracy(Table table) => table.Map(row => row.Bool("predicted") == row.Bool("defaulted") ? 1.0 : 0).Average();

    private static double DefaultRate(Table table) => table.Map(row => row.Bool("defaulted") == true ? 1.0 : 0).Average();

    private static double FestivalShare(Table table) => (double)table.Where("purpose", "festival").RowCount / table.RowCount;

    private static bool HasNoLoan(Row row) => row.Double("existing_emi") == 0;

    private static bool IsHeavy(Row row) => 12 * row.Double("existing_emi") > 0.15 * row.Double("income");

    private static Table Read(string lender, string part) => Table.ReadCsv(PathOf($"{lender}-{part}.csv"));

    // The path of this source file, not of the assembly: build outputs may lie anywhere.
    private static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "exercises", "week12", "data", name);
}
