using MlOps.Data;
using MlOps.Drift.Estimation;

namespace MlOps.Drift.Tests.Estimation;

public sealed class ChunksTests
{
    /// <summary>Clocks go forward at 02:00 on 31 March and back at 03:00 on 27 October; otherwise one hour ahead of UTC.</summary>
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "winter", "summer",
    [
        TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            new DateTime(2024, 1, 1),
            new DateTime(2024, 12, 31),
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 31),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 27)),
    ]);

    [Fact]
    public void ByCount_Rest_IsTheLastChunk() => Assert.Equal([4, 4, 2], Chunks.ByCount(10, 4).Items.Select(chunk => chunk.Count));

    [Fact]
    public void All_NoRow_IsOneEmptyChunk() => Assert.Equal(0, Assert.Single(Chunks.All(0).Items).Count);

    [Fact]
    public void ByNumber_AnySize_DiffersByOneRow() => Assert.Equal([3, 3, 4], Chunks.ByNumber(10, 3).Items.Select(chunk => chunk.Count));

    [Theory]
    [InlineData(ChunkPeriod.Day, "2024-02-29")]
    [InlineData(ChunkPeriod.Week, "2024-02-26")]
    [InlineData(ChunkPeriod.Month, "2024-02")]
    [InlineData(ChunkPeriod.Quarter, "2024-Q1")]
    public void ByTime_Period_HasItsLabel(ChunkPeriod period, string label) =>
        Assert.Equal(label, Assert.Single(Chunks.ByTime([new DateTime(2024, 2, 29, 23, 59, 0)], period).Items).Label);

    [Fact]
    public void ByTime_DayOfClockChange_HasTwentyThreeOrTwentyFiveHours()
    {
        DateTimeOffset[] hours = [.. Enumerable.Range(0, 366 * 24).Select(h => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)).AddHours(h))];
        var chunks = Chunks.ByTime(hours, ChunkPeriod.Day, Zone);

        Assert.Equal(23, chunks.Items.Single(chunk => chunk.Label == "2024-03-31").Count);
        Assert.Equal(25, chunks.Items.Single(chunk => chunk.Label == "2024-10-27").Count);
        Assert.Equal(0, chunks.OutOfOrder); // the repeated hour is no step back
        Assert.Equal(366, chunks.Items.Count);
    }

    [Fact]
    public void ByTime_Disorder_IsCounted()
    {
        var clock = new FixedClock(new DateTimeOffset(2024, 2, 15, 0, 0, 0, TimeSpan.Zero));
        DateTimeOffset[] times = [.. new[] { 3, 1, 2, 9 }.Select(month => new DateTimeOffset(2024, month, 1, 0, 0, 0, TimeSpan.Zero))];
        var chunks = Chunks.ByTime(times, ChunkPeriod.Month, null, clock);

        Assert.Equal(2, chunks.OutOfOrder);
        Assert.Equal(2, chunks.InFuture);
        Assert.Equal(9, chunks.Items.Count); // January to September, the empty months too
        Assert.Equal([1, 1, 1, 0, 0, 0, 0, 0, 1], chunks.Items.Select(chunk => chunk.Count));
    }

    [Fact]
    public void ByTime_Table_CountsMissingTimesAndRefusesOtherTypes()
    {
        var table = new Table(Column.Of("when", new DateTime(2024, 1, 1), null, new DateTime(2024, 1, 2)), Column.Of("text", "2024-01-01", "x", "y"));

        Assert.Equal(1, Chunks.ByTime(table, "when", ChunkPeriod.Month).MissingTimes);
        Assert.Throws<InvalidOperationException>(() => Chunks.ByTime(table, "text", ChunkPeriod.Month));
    }

    [Fact]
    public void ByTime_AbsurdTime_IsTold() => Assert.Contains(
        "1001-01-01 to 2024-05-01",
        Assert.Throws<ArgumentException>(() => Chunks.ByTime([new DateTime(1001, 1, 1), new DateTime(2024, 5, 1)], ChunkPeriod.Day)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Take_TooShortColumn_Throws() => Assert.Throws<ArgumentException>(() => Chunks.ByCount(4, 4).Items[0].Take<double>([1, 2]));
}
