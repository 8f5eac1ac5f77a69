using FsCheck;
using FsCheck.Fluent;
using MlOps.Charts.Model;
using MlOps.Charts.Svg;

namespace MlOps.Charts.Tests;

public sealed class TickTests
{
    [Fact]
    public void NiceTicks_AnyRange_AreMonotoneInsideCoverItAndAreFew()
    {
        Gen<(double, double)> ranges =
            from low in Gen.Choose(-1_000_000, 1_000_000)
            from width in Gen.Choose(1, 1_000_000)
            from power in Gen.Choose(-12, 9)
            select (low * Math.Pow(10, power), (low + (double)width) * Math.Pow(10, power));

        Prop.ForAll(Arb.From(ranges), range =>
        {
            (double low, double high) = range;
            double[] ticks = NiceTicks.Of(low, high);
            double slack = (high - low) * 1e-6;
            bool few = ticks.Length is >= 2 and <= 10;
            bool inside = ticks[0] >= low - slack && ticks[^1] <= high + slack;
            bool monotone = ticks.Zip(ticks.Skip(1)).All(p => p.First < p.Second);

            // Covered: not one more tick would fit at either end.
            double step = ticks[1] - ticks[0];
            bool covered = ticks[0] - step < low + slack && ticks[^1] + step > high - slack;
            return few && inside && monotone && covered;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void NiceTicks_ZeroToOne_AreFifths() => Assert.Equal([0, 0.2, 0.4, 0.6, 0.8, 1], NiceTicks.Of(0, 1).Select(t => Math.Round(t, 12)));

    [Theory]
    [InlineData("2024-01-01", "2025-06-01", "Jan 2024", "Apr 2025")]
    [InlineData("2024-03-01", "2024-03-05", "2024-03-01", "2024-03-05")]
    [InlineData("2001-05-05", "2024-01-01", "2005", "2020")]
    public void DateTicks_Range_BeginAtCalendarUnits(string from, string to, string first, string last)
    {
        (double At, string Label)[] ticks = DateTicks.Of(Milliseconds(from), Milliseconds(to));

        Assert.Equal((first, last), (ticks[0].Label, ticks[^1].Label));
        Assert.InRange(ticks.Length, 2, 10);
    }

    [Fact]
    public void DateTicks_AnyRange_AreInsideMonotoneAndFew()
    {
        Gen<(double, double)> ranges =
            from start in Gen.Choose(-60_000, 60_000)
            from width in Gen.Choose(2, 100_000)
            from unit in Gen.Elements(Dates.Second, Dates.Minute, Dates.Hour, Dates.Day / 4)
            select (start * Dates.Day / 4, start * Dates.Day / 4 + width * unit);

        Prop.ForAll(Arb.From(ranges), range =>
        {
            (double At, string)[] ticks = DateTicks.Of(range.Item1, range.Item2);
            return ticks.Length is >= 1 and <= 10
                && ticks.All(t => t.At >= range.Item1 - 366 * Dates.Day && t.At <= range.Item2)
                && ticks.Zip(ticks.Skip(1)).All(p => p.First.At < p.Second.At);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0.25, 0.25, "0.25")]
    [InlineData(1500000, 500000, "1,500,000")]
    [InlineData(2e-12, 1e-12, "2×10⁻¹²")]
    [InlineData(1e12, 5e11, "10¹²")]
    [InlineData(-0.5, 0.5, "−0.5")]
    [InlineData(1e-17, 0.1, "0")]
    public void Tick_Value_IsWrittenAsItsStepNeeds(double value, double step, string expected) =>
        Assert.Equal(expected, NumberText.Tick(value, step));

    private static double Milliseconds(string date) =>
        Dates.ToMilliseconds(DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture));
}
