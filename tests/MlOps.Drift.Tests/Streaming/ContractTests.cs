using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Drift.Streaming;

namespace MlOps.Drift.Tests.Streaming;

/// <summary>What every detector promises.</summary>
public sealed class ContractTests
{
    public static TheoryData<string, string> All => TestDetectors.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Update_NotFiniteValue_IsRefusedAndChangesNothing(string name, string kind)
    {
        DriftDetector detector = Fed(name, kind, 500);
        string before = detector.ToJson();
        foreach (double value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => detector.Update(value));
            Assert.Equal("value", error.ParamName);
        }

        Assert.Equal(before, detector.ToJson());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Update_AfterDrift_StartsAfreshAtTheNextValueOnly(string name, string kind)
    {
        DriftDetector detector = TestDetectors.Make(name);
        double[] values = TestStreams.Make(kind, 1);
        int at = detector.UpdateUntilDrift(values)!.Value;
        Assert.True(detector.DriftDetected);
        Assert.Equal(at + 1, detector.Count);

        DriftDetector fresh = TestDetectors.Make(name);
        detector.Update(values[at + 1]);
        fresh.Update(values[at + 1]);
        Assert.Equal(fresh.ToJson(), detector.ToJson());
        Assert.Equal(1, detector.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Reset_AnyState_IsAsNew(string name, string kind)
    {
        DriftDetector detector = Fed(name, kind, 777);
        detector.Reset();
        DriftDetector fresh = TestDetectors.Make(name);
        Assert.Equal((0, false, false), (detector.Count, detector.DriftDetected, detector.WarningDetected));
        Assert.Equal(Indices(fresh, TestStreams.Make(kind, 5)), Indices(detector, TestStreams.Make(kind, 5)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Update_LongStream_AllocatesNothing(string name, string kind)
    {
        double[] values = TestStreams.Make(kind, 3, 20_000);
        DriftDetector detector = TestDetectors.Make(name);
        _ = detector.UpdateUntilDrift(values.AsSpan(0, 5000)); // what is compiled or made once

        // A collection that another test causes counts the rest of this thread's buffer as allocated. What allocates does so in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 5 && least > 0; round++)
        {
            detector = TestDetectors.Make(name);
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (double value in values)
            {
                detector.Update(value);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Load_SavedAtAnyPoint_GoesOnExactlyTheSame(string name, string kind)
    {
        double[] values = TestStreams.Make(kind, 11);
        DriftDetector whole = TestDetectors.Make(name);
        List<int> expected = Indices(whole, values);
        Assert.NotEmpty(expected);
        Prop.ForAll(
            Gen.Choose(0, values.Length).ToArbitrary(),
            cut =>
            {
                DriftDetector first = TestDetectors.Make(name);
                List<int> found = Indices(first, values[..cut]);
                DriftDetector second = DriftDetectors.FromJson(first.ToJson());
                Assert.Equal(first.GetType(), second.GetType());
                Assert.Equal(first.ToString(), second.ToString());
                found.AddRange(Indices(second, values[cut..]).Select(i => i >= 0 ? i + cut : i - cut));
                return expected.SequenceEqual(found) && second.ToJson() == whole.ToJson();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(20261121UL, 7UL));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Save_AnyCulture_IsOneLineWithTypeAndVersion(string name, string kind)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = commas;
            string saved = Fed(name, kind, 400).ToJson();
            Assert.StartsWith($$"""{"type":"{{name}}","version":1,"parameters":{""", saved, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', saved);
            Assert.Equal(saved, DriftDetectors.FromJson(saved).ToJson());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Load_PartMissingOrGarbled_SaysWhich(string name, string kind)
    {
        string saved = Fed(name, kind, 400).ToJson();
        Assert.Contains("version 9", Refused(saved.Replace("\"version\":1", "\"version\":9", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("'nothing'", Refused(saved.Replace($"\"{name}\"", "\"nothing\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("'count'", Refused(saved.Replace("\"count\":", "\"counted\":", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("'count'", Refused(saved.Replace("\"count\":", "\"count\":-", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("'drift'", Refused(saved.Replace("\"drift\":false", "\"drift\":0", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("parameter", Refused(saved.Replace("\"parameters\":{\"", "\"parameters\":{\"no", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("'state'", Refused(saved.Replace("\"state\":", "\"statement\":", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("JSON", Refused(saved[..^20]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":3}")]
    public void Load_NoSavedDetector_IsAFormatException(string text) => Refused(text);

    [Fact]
    public void UpdateUntilDrift_NaNInTheMiddle_NamesItsIndexAndKeepsWhatCameBefore()
    {
        var detector = new PageHinkley();
        ArgumentException error = Assert.Throws<ArgumentException>(() => detector.UpdateUntilDrift([1, 2, double.NaN, 3]));
        Assert.Equal("values", error.ParamName);
        Assert.Contains("values[2] is NaN", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, detector.Count);
    }

    [Fact]
    public void UpdateUntilDrift_NoDrift_IsNull() => Assert.Null(new PageHinkley().UpdateUntilDrift(new double[100]));

    [Fact]
    public void Names_AreThoseOfEveryDetector() => Assert.Equal(DriftDetectors.Names, TestDetectors.All.Select(row => (string)row[0]));

    private static DriftDetector Fed(string name, string kind, int count)
    {
        DriftDetector detector = TestDetectors.Make(name);
        foreach (double value in TestStreams.Make(kind, 2)[..count])
        {
            detector.Update(value);
        }

        return detector;
    }

    /// <summary>Drifts as i, warnings as −1 − i.</summary>
    private static List<int> Indices(DriftDetector detector, double[] values)
    {
        var found = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            if (detector.Update(values[i]))
            {
                found.Add(i);
            }

            if (detector.WarningDetected)
            {
                found.Add(-1 - i);
            }
        }

        return found;
    }

    private static string Refused(string saved) => Assert.Throws<FormatException>(() => DriftDetectors.FromJson(saved)).Message;
}
