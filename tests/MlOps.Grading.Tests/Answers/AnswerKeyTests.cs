using System.Text.Json;
using MlOps.Grading.Answers;

namespace MlOps.Grading.Tests.Answers;

/// <summary>Both editions give these verdicts: every test runs on the plain and on the sealed key.</summary>
public sealed class AnswerKeyTests(AnswerKeyTests.BothKeys keys) : IClassFixture<AnswerKeyTests.BothKeys>
{
    [Theory]
    [InlineData("B", true)]
    [InlineData(" b\n", true)]
    [InlineData("A", false)]
    [InlineData("D", false)]
    [InlineData("E", false)]
    [InlineData("BB", false)]
    [InlineData("\u0412", false)] // a Cyrillic letter that looks like B
    public void Check_Choice_IsTrimmedAndUpperCase(string value, bool right) =>
        OnBoth(key => Assert.Equal(right, key.Check("98.1", "Pick", value).IsRight));

    [Fact]
    public void Check_WrongOption_SaysWhy() => OnBoth(key =>
    {
        Assert.Equal("A drift test compares samples, it does not explain them.", key.Check("98.1", "Pick", "a").Why);
        Assert.Equal("This one counts the empty bins twice, which makes it grow with their number.", key.Check("98.1", "Pick", "D").Why);
        Assert.Null(key.Check("98.1", "Pick", "E").Why);
        Assert.Null(key.Check("98.1", "Pick", "B").Why);
    });

    [Theory]
    [InlineData("?")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData("NaN")]
    public void Check_Placeholder_IsNoAnswerYet(object? value) => OnBoth(key =>
    {
        foreach ((string exercise, string property) in new[] { ("98.1", "Pick"), ("98.2", "Share") })
        {
            AnswerVerdict verdict = key.Check(exercise, property, value);
            Assert.False(verdict.IsRight);
            Assert.False(verdict.IsAnswered);
            Assert.NotNull(verdict.Why);
        }
    });

    // By hand: u = 0.00005, the answer's bucket is 426, right are 416 to 436: from 0.020775 up to but not including 0.021825.
    [Theory]
    [InlineData(0.0213, true)]
    [InlineData(0.0208, true)]
    [InlineData(0.0218, true)]
    [InlineData(0.020776, true)]
    [InlineData(0.021824, true)]
    [InlineData(0.020774, false)]
    [InlineData(0.021826, false)]
    [InlineData(0, false)]
    [InlineData(-0.0213, false)]
    [InlineData(1e300, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void Check_Number_IsRightWithinTenBuckets(double value, bool right) =>
        OnBoth(key => Assert.Equal(right, key.Check("98.2", "Share", value).IsRight));

    [Fact]
    public void Check_ForeseenWrongNumber_IsRecognisedWithinTheToleranceToo() => OnBoth(key =>
    {
        Assert.Equal("You took the logarithm to base 10; the definition asks for the natural one.", key.Check("98.2", "Share", 0.0095).Why);
        // 0.0220 lies in bucket 440 and explains 430 to 450; up to 436 the right answer comes first.
        Assert.True(key.Check("98.2", "Share", 0.0218).IsRight);
        Assert.Equal("You rounded the shares first.", key.Check("98.2", "Share", 0.02190).Why);
        Assert.Null(key.Check("98.2", "Share", 0.5).Why);
    });

    [Fact]
    public void Check_OtherTypes_AreReadAsWhatTheyMean() => OnBoth(key =>
    {
        Assert.True(key.Check("98.2", "Share", "0.0213").IsRight);
        Assert.True(key.Check("98.2", "Share", 0.0213f).IsRight);
        Assert.True(key.Check("98.2", "Share", 0.0213m).IsRight);
        Assert.True(key.Check("98.1", "Pick", 'b').IsRight);
        using var json = JsonDocument.Parse("""{"number": 2.13e-2, "text": "b", "nothing": null, "list": [0.0213]}""");
        Assert.True(key.Check("98.2", "Share", json.RootElement.GetProperty("number")).IsRight);
        Assert.True(key.Check("98.1", "Pick", json.RootElement.GetProperty("text")).IsRight);
        Assert.False(key.Check("98.1", "Pick", json.RootElement.GetProperty("nothing")).IsAnswered);
        AnswerVerdict list = key.Check("98.2", "Share", json.RootElement.GetProperty("list"));
        Assert.False(list.IsRight);
        Assert.True(list.IsAnswered);
        Assert.StartsWith("A number is needed", list.Why, StringComparison.Ordinal);
        Assert.Equal("A number is needed; '0,0213' came.", key.Check("98.2", "Share", "0,0213").Why);
    });

    [Fact]
    public void Check_UnknownEntry_ListsWhatThereIs() => OnBoth(key =>
    {
        Assert.Contains("It has: 98.1, 98.2.", Assert.Throws<ArgumentException>("exercise", () => key.Check("98.9", "Pick", "B")).Message, StringComparison.Ordinal);
        Assert.Contains("It has: Share, Verdict.", Assert.Throws<ArgumentException>("property", () => key.Check("98.2", "Pick", "B")).Message, StringComparison.Ordinal);
        Assert.Equal(["Share", "Verdict"], key.PropertiesOf("98.2"));
        Assert.Empty(key.PropertiesOf("98.9"));
    });

    [Fact]
    public void Check_AnyToleranceAndAnswer_AcceptsAllWithinItAndNothingBeyondElevenTenths()
    {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++)
        {
            double answer = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7));
            double tolerance = Math.Abs(answer) * Math.Pow(10, -random.Next(1, 5)) + 1e-9;
            var form = new AnswerForm(tolerance);
            var entry = new PlainEntry("98.1", "Share", form, form.Read(answer).Canonical!, []);
            double sign = random.Next(2) * 2 - 1;
            Assert.True(entry.Judge(form.Read(answer + sign * tolerance * 0.9999 * random.NextDouble()).Canonical!).IsRight);
            Assert.False(entry.Judge(form.Read(answer + sign * tolerance * (1.1001 + random.NextDouble())).Canonical!).IsRight);
        }
    }

    private void OnBoth(Action<AnswerKey> check)
    {
        check(keys.Plain);
        check(keys.Sealed);
    }

    /// <summary>The same answers in both editions, sealed once for all tests.</summary>
    public sealed class BothKeys
    {
        public BothKeys()
        {
            using var week = new WeekFolder(Samples.TwoKinds);
            Plain = AnswerKey.Load(week.FullName);
            Sealed = week.Sealed();
            Assert.False(Plain.IsSealed);
            Assert.True(Sealed.IsSealed);
        }

        public AnswerKey Plain { get; }

        public AnswerKey Sealed { get; }
    }
}
