using FsCheck;
using FsCheck.Fluent;
using MlOps.Drift.Monitoring;
using static MlOps.Drift.Tests.Monitoring.MonitorSamples;

namespace MlOps.Drift.Tests.Monitoring;

/// <summary>The expectations follow from the contract in AlertBook's summary.</summary>
public sealed class AlertBookTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260101UL, 17UL);

    /// <summary>Up to 30 batches: each a step of the clock in minutes, also backwards, and the severity of three columns.</summary>
    private static readonly Arbitrary<(int Minutes, int[] Columns)[]> AnyBatches =
        (from minutes in Gen.Choose(-200, 200) from columns in Gen.Choose(0, 3).ArrayOf(3) select (minutes, columns)).ArrayOf(30).ToArbitrary();

    [Fact]
    public void Take_TenColumnsOfOneBatch_IsOneAlertOfTenLines()
    {
        var book = new AlertBook();
        Alert alert = Assert.Single(book.Take("a", [.. Enumerable.Range(0, 10).Select(i => Finding($"c{i}", AlertSeverity.Warning))], Start));
        Assert.Equal(AlertKind.Raised, alert.Kind);
        Assert.Equal(10, alert.Lines.Count);
    }

    [Fact]
    public void Take_WithinTheCoolDown_IsSilentUnlessTheSeverityRises()
    {
        var book = new AlertBook(new AlertPolicy { CoolDown = TimeSpan.FromHours(1) });
        Assert.Single(book.Take("1", [Finding("a", AlertSeverity.Warning)], Start));
        Assert.Empty(book.Take("2", [Finding("a", AlertSeverity.Warning)], Start.AddMinutes(59)));
        Alert worse = Assert.Single(book.Take("3", [Finding("a", AlertSeverity.Critical)], Start.AddMinutes(59.5)));
        Assert.Equal(AlertKind.Escalated, worse.Kind);
        Assert.Equal(2, Assert.Single(worse.Lines).Count); // the silent one and this one
        Assert.Empty(book.Take("4", [Finding("a", AlertSeverity.Critical)], Start.AddMinutes(118)));
        Assert.Equal(AlertKind.Reminder, Assert.Single(book.Take("5", [Finding("a", AlertSeverity.Warning)], Start.AddMinutes(120))).Kind);
    }

    [Fact]
    public void Take_QuietForResolveAfterBatches_IsToldOnce()
    {
        var book = new AlertBook(new AlertPolicy { ResolveAfter = 2 });
        book.Take("1", [Finding("a", AlertSeverity.Critical)], Start);
        Assert.Empty(book.Take("2", [], Start.AddMinutes(1)));
        Alert resolved = Assert.Single(book.Take("3", [], Start.AddMinutes(2)));
        Assert.Equal((AlertKind.Resolved, AlertSeverity.None), (resolved.Kind, resolved.Severity));
        Assert.Empty(book.Take("4", [], Start.AddMinutes(3)));
        Assert.Empty(book.Open);
    }

    [Fact]
    public void Take_BatchesInARow_WaitsForThem()
    {
        var book = new AlertBook(new AlertPolicy { BatchesInARow = 3 });
        Finding[] one = [Finding("a", AlertSeverity.Warning)];
        Assert.Empty(book.Take("1", one, Start));
        Assert.Empty(book.Take("2", one, Start.AddMinutes(1)));
        Assert.Empty(book.Take("3", [], Start.AddMinutes(2))); // the row is broken
        Assert.Empty(book.Take("4", one, Start.AddMinutes(3)));
        Assert.Empty(book.Take("5", one, Start.AddMinutes(4)));
        Assert.Equal(Start.AddMinutes(3), Assert.Single(book.Take("6", one, Start.AddMinutes(5))).FirstSeen);
    }

    [Fact]
    public void Take_BelowTheMinimum_IsNotTold() =>
        Assert.Empty(new AlertBook().Take("1", [Finding("a", AlertSeverity.Info)], Start));

    [Fact]
    public void Take_ClockSetBackAYear_NeitherNegativeNorSilentForLongerThanTheCoolDown()
    {
        var book = new AlertBook(new AlertPolicy { CoolDown = TimeSpan.FromHours(1) });
        Finding[] one = [Finding("a", AlertSeverity.Warning)];
        book.Take("1", one, Start);
        Assert.Empty(book.Take("2", one, Start.AddYears(-1)));
        Assert.Empty(book.Take("3", one, Start.AddYears(-1).AddMinutes(59)));
        Alert reminder = Assert.Single(book.Take("4", one, Start.AddYears(-1).AddMinutes(60)));
        Assert.Equal(TimeSpan.FromMinutes(60), reminder.Lasting);
    }

    [Fact]
    public void Take_GroupingBySubjectAndBatch_GroupsThatWay()
    {
        Finding[] findings = [Finding("a", AlertSeverity.Warning), Finding("b", AlertSeverity.Warning), Finding("", AlertSeverity.Critical, "volume")];
        Assert.Equal(3, new AlertBook(new AlertPolicy { Grouping = AlertGrouping.Subject }).Take("1", findings, Start).Count);
        Assert.Equal(3, Assert.Single(new AlertBook(new AlertPolicy { Grouping = AlertGrouping.Batch }).Take("1", findings, Start)).Lines.Count);
    }

    [Fact]
    public void Take_AnyBatches_TheLevelLastToldIsNeverBelowThePresentOne() => Check((book, batches) =>
    {
        var told = AlertSeverity.None;
        foreach ((_, Finding[] findings, IReadOnlyList<Alert> alerts) in batches)
        {
            told = alerts.Count > 0 ? alerts[^1].Severity : told;
            AlertSeverity present = findings.Where(f => f.Severity >= AlertSeverity.Warning).Select(f => f.Severity).DefaultIfEmpty().Max();
            if (told < present)
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void Take_AnyBatches_NoFindingIsLost() => Check((book, batches) =>
    {
        int found = batches.Sum(b => b.Findings.Count(f => f.Severity >= AlertSeverity.Warning));
        int told = batches.Sum(b => b.Alerts.Sum(a => a.Lines.Sum(l => l.Count)));
        // Close the story: what is still untold must come with the resolved notice.
        told += book.Take("end 1", [], Start).Concat(book.Take("end 2", [], Start)).Sum(a => a.Lines.Sum(l => l.Count));
        return told == found;
    });

    [Fact]
    public void Take_AnyBatches_RepeatsKeepTheCoolDown() => Check((book, batches) =>
    {
        TimeSpan since = TimeSpan.Zero;
        DateTimeOffset last = batches[0].Time;
        foreach ((DateTimeOffset time, _, IReadOnlyList<Alert> alerts) in batches)
        {
            since += time > last ? time - last : TimeSpan.Zero;
            last = time;
            if (alerts.Any(a => a.Kind == AlertKind.Reminder) && since < TimeSpan.FromHours(1))
            {
                return false;
            }

            since = alerts.Count > 0 ? TimeSpan.Zero : since;
        }

        return true;
    });

    [Fact]
    public void SaveAndLoad_AfterAnyBatch_ChangeNothing() => Prop.ForAll(AnyBatches, batches =>
    {
        var whole = new AlertBook();
        var restarted = new AlertBook();
        DateTimeOffset now = Start;
        for (int i = 0; i < batches.Length; i++)
        {
            now = now.AddMinutes(batches[i].Minutes);
            string expected = string.Join('\n', whole.Take($"{i}", Findings(batches[i].Columns), now));
            string got = string.Join('\n', restarted.Take($"{i}", Findings(batches[i].Columns), now));
            if (expected != got)
            {
                return false;
            }

            string saved = restarted.Save();
            restarted = new AlertBook();
            restarted.Load(saved);
        }

        return true;
    }).Check(Cases);

    [Fact]
    public void Load_AnotherText_SaysSo() => Assert.Throws<FormatException>(() => new AlertBook().Load("{"));

    private static Finding[] Findings(int[] columns) =>
        [.. columns.Index().Where(c => c.Item > 0).Select(c => Finding($"c{c.Index}", (AlertSeverity)c.Item))];

    private static void Check(Func<AlertBook, (DateTimeOffset Time, Finding[] Findings, IReadOnlyList<Alert> Alerts)[], bool> holds) => Prop.ForAll(AnyBatches, batches =>
    {
        var book = new AlertBook();
        DateTimeOffset now = Start;
        var seen = new List<(DateTimeOffset, Finding[], IReadOnlyList<Alert>)>();
        foreach (((int minutes, int[] columns), int i) in batches.Select((b, i) => (b, i)))
        {
            now = now.AddMinutes(minutes);
            Finding[] findings = Findings(columns);
            seen.Add((now, findings, book.Take($"{i}", findings, now)));
        }

        return holds(book, [.. seen]);
    }).Check(Cases);
}
