using MlOps.Data;
using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Tests.Monitoring;

public sealed class CsvBatchesTests
{
    private static readonly TestClock Clock = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task ReadAsync_ByRows_CutsAndNamesTheRows()
    {
        List<Batch> batches = await Read("x,s\n1,a\n2,\"b,\n\"\"c\"\"\"\n\n3,c\n4,d\n5,e", new WindowOptions { Rows = 2 });
        Assert.Equal(["f.csv#1-2", "f.csv#3-4", "f.csv#5-5"], batches.Select(b => b.Id));
        Assert.Equal("b,\n\"c\"", batches[0].Rows.Strings("s")[1]);
        Assert.Equal([1, 2, 3, 4, 5.0], batches.SelectMany(b => b.Rows.Numbers("x")));
    }

    [Fact]
    public async Task ReadAsync_AnyBlockLimits_GiveTheSameBatches()
    {
        string text = "x,s\r\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},\"a \"\"{i}\"\" b\"\r\n"));
        List<Batch> whole = await Read(text, new WindowOptions { Rows = 70 });
        var drip = new List<Batch>();
        await foreach (Batch batch in new CsvBatches("f.csv", new WindowOptions { Rows = 70 }, clock: Clock).ReadAsync(new Dripping(text)))
        {
            drip.Add(batch);
        }

        Assert.Equal(whole.Select(b => Csv(b.Rows)), drip.Select(b => Csv(b.Rows)));
        Assert.Equal(300, whole.Sum(b => b.Rows.RowCount));
    }

    [Fact]
    public async Task ReadAsync_ByTime_CountsLateFutureUntimedMalformedAndSortsIn()
    {
        const string Text = """
            t,x
            2026-01-01T01:00:00,1
            2026-01-01T23:00:00Z,2
            2026-01-02T00:10:00,3
            2026-01-01T23:30:00,4
            2099-01-01,5
            yesterday,6
            2026-01-02T02:00:00+01:00,7
            2026-01-02T02:00:00,8
            2026-01-01T12:00:00,9
            1,2,3
            2026-01-04T00:00:00,10
            """;
        List<Batch> batches = await Read(Text, new WindowOptions { Every = TimeSpan.FromDays(1), TimeColumn = "t", Lateness = TimeSpan.FromHours(1) });
        Assert.Equal(["1,2,4", "3,7,8", "", "10"], batches.Select(b => string.Join(',', b.Rows.Numbers("x")))); // 23:30 came in time; 3 January has no row
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), batches[0].From);
        Intake sum = batches.Aggregate(new Intake(), (s, b) => s + b.Intake);
        Assert.Equal(new Intake(OutOfOrder: 1, Late: 1, Future: 1, Untimed: 1, Malformed: 1), sum);
        Assert.Equal(11, batches.Sum(b => b.Rows.RowCount) + sum.LeftOut); // no row is lost
    }

    [Theory]
    [InlineData("2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00")] // the hour that Berlin skips
    [InlineData("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")] // the hour that it has twice
    public async Task ReadAsync_ClockChange_IsOneHourLikeAnyOther(string before, string after)
    {
        List<Batch> batches = await Read($"t,x\n{before},1\n{after},2\n", new WindowOptions { Every = TimeSpan.FromHours(1), TimeColumn = "t", FutureTolerance = TimeSpan.FromDays(1000) });
        Assert.Equal([1, 1], batches.Select(b => b.Rows.RowCount));
        Assert.Equal(TimeSpan.FromHours(1), batches[1].From - batches[0].From);
    }

    [Fact]
    public async Task ReadAsync_Months_FollowTheCalendar()
    {
        List<Batch> batches = await Read("t,x\n1769904000,1\n1772323200000,2\n", new WindowOptions { Monthly = true, TimeColumn = "t" }); // 1 February and 1 March in Unix time
        Assert.Equal([new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)], batches.Select(b => b.From));
    }

    [Fact]
    public async Task ReadAsync_LongGap_GivesAHundredEmptyBatchesAtMost()
    {
        List<Batch> batches = await Read("t,x\n2026-01-01,1\n2026-05-30,2\n", new WindowOptions { Every = TimeSpan.FromHours(1), TimeColumn = "t" });
        Assert.Equal(102, batches.Count);
        Assert.Equal(2, batches.Sum(b => b.Rows.RowCount));
    }

    [Fact]
    public async Task ReadAsync_DigitsWhereTheReferenceHasText_AreText()
    {
        var like = new Table(Column.Of("code", "01", "A7"), Column.Of("x", 1.0, 2));
        var batches = new List<Batch>();
        await foreach (Batch batch in new CsvBatches("f.csv", new WindowOptions { Rows = 2 }, like, Clock).ReadAsync(new StringReader("code,x\n01,a\n02,b\n")))
        {
            batches.Add(batch);
        }

        Assert.Equal("01", batches[0].Rows.Strings("code")[0]);
        Assert.Equal(typeof(string), batches[0].Rows["x"].ValueType); // a type change stays visible
    }

    [Theory]
    [InlineData("", "f.csv: there is no header line")]
    [InlineData("a,b\n1,2\n", "f.csv: there is no column 't' for the time of a row. There are: a, b.")]
    public async Task ReadAsync_NoHeaderOrNoTime_SaysSo(string text, string told)
    {
        InvalidDataException e = await Assert.ThrowsAsync<InvalidDataException>(() => Read(text, new WindowOptions { Every = TimeSpan.FromDays(1), TimeColumn = "t" }));
        Assert.StartsWith(told, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_Follow_TakesWhatIsAppendedAndEndsWhenCancelled()
    {
        string path = Path.GetTempFileName();
        try
        {
            await using var writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
            await writer.WriteAsync("x\n1\n2\n3");
            using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var batches = new CsvBatches("f", new WindowOptions { Rows = 2 });
            var seen = new List<Batch>();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (Batch batch in batches.ReadAsync(reader, follow: true, cancel.Token))
                {
                    seen.Add(batch);
                    if (seen.Count == 1)
                    {
                        await writer.WriteAsync("0\n4\n5\n"); // the line that had not ended goes on: 30
                    }
                    else
                    {
                        await cancel.CancelAsync();
                    }
                }
            });
            Assert.Equal([1, 2, 30, 4.0], seen.SelectMany(b => b.Rows.Numbers("x")));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task ReadAsync_FollowedAndStandingStill_ClosesAWindowThatHasPassed()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var options = new WindowOptions { Every = TimeSpan.FromDays(1), TimeColumn = "t", Idle = TimeSpan.FromMilliseconds(50) };
        await foreach (Batch batch in new CsvBatches("f", options).ReadAsync(new StringReader("t,x\n2026-01-01,1\n"), follow: true, cancel.Token))
        {
            Assert.Equal(1, batch.Rows.RowCount);
            return; // no newer row came, and none was needed
        }
    }

    private static string Csv(Table table)
    {
        using var stream = new MemoryStream();
        table.WriteCsv(stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<List<Batch>> Read(string text, WindowOptions options)
    {
        var batches = new List<Batch>();
        await foreach (Batch batch in new CsvBatches("f.csv", options, clock: Clock).ReadAsync(new StringReader(text)))
        {
            batches.Add(batch);
        }

        return batches;
    }

    /// <summary>Gives one character at a time.</summary>
    private sealed class Dripping(string text) : TextReader
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (_at == text.Length)
            {
                return ValueTask.FromResult(0);
            }

            buffer.Span[0] = text[_at++];
            return ValueTask.FromResult(1);
        }
    }
}
