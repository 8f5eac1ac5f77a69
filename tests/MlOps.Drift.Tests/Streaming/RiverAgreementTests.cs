using System.Text.Json;
using MlOps.Drift.Streaming;

namespace MlOps.Drift.Tests.Streaming;

/// <summary>Detections and warnings against River itself: references/streams.json, made by references/streams.py.</summary>
public sealed class RiverAgreementTests
{
    private static readonly JsonElement Reference = Load();

    public static TheoryData<string, string> Groups
    {
        get
        {
            var groups = new TheoryData<string, string>();
            foreach (string group in Reference.GetProperty("cases").EnumerateArray().Select(Group).Distinct())
            {
                string[] parts = group.Split(' ', 2);
                groups.Add(parts[0], parts[1]);
            }

            return groups;
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Update_StreamsOfEveryKind_FindsAndWarnsWhereRiverDoes(string detector, string parameters)
    {
        foreach (JsonElement one in Reference.GetProperty("cases").EnumerateArray().Where(c => Group(c) == $"{detector} {parameters}"))
        {
            string what = $"{detector} {parameters} on {one.GetProperty("kind")}";
            DriftDetector ours = TestDetectors.Make(detector, one.GetProperty("parameters"));
            var drifts = new List<int>();
            var warnings = new List<int>();
            double[] values = TestStreams.Make(one.GetProperty("kind").GetString()!, one.GetProperty("seed").GetInt64());
            for (int i = 0; i < values.Length; i++)
            {
                bool drift = ours.Update(values[i]);
                Assert.Equal(ours.DriftDetected, drift);
                if (drift)
                {
                    drifts.Add(i);
                }

                if (ours.WarningDetected)
                {
                    warnings.Add(i);
                }
            }

            int[] expected = one.GetProperty("drifts").Deserialize<int[]>()!;
            Assert.True(expected.SequenceEqual(drifts.Take(expected.Length)), $"{what}: River [{string.Join(", ", expected)}], ours [{string.Join(", ", drifts.Take(expected.Length))}]");
            Assert.True(one.GetProperty("count").GetInt32() == drifts.Count, $"{what}: River finds {one.GetProperty("count")}, we {drifts.Count}");
            Assert.True(one.GetProperty("sum").GetInt64() == drifts.Sum(i => (long)i), $"{what}: the later indices differ");
            int[] warned = [.. one.GetProperty("warnings").Deserialize<int[][]>()!.SelectMany(run => Enumerable.Range(run[0], run[1] - run[0] + 1))];
            Assert.True(warned.SequenceEqual(warnings), $"{what}: River warns at [{string.Join(", ", warned)}], we at [{string.Join(", ", warnings)}]");
            AssertFinal(one, ours, what);
        }
    }

    [Fact]
    public void Sample_AnySeedAndSize_IsPythonsRandomSample()
    {
        // oracle: CPython 3.11, random.Random(seed).sample(range(n), k), twelve times on
        foreach (JsonElement draw in Reference.GetProperty("draws").EnumerateArray())
        {
            var random = new MersenneTwister(draw.GetProperty("seed").GetInt32());
            int[] pool = new int[draw.GetProperty("n").GetInt32()];
            foreach (int[] expected in draw.GetProperty("samples").Deserialize<int[][]>()!)
            {
                int[] chosen = new int[expected.Length];
                random.Sample(chosen, pool);
                Assert.Equal(expected, chosen);
            }
        }
    }

    /// <summary>ADWIN's width, sum and sum of squares; the last p-value of KSWIN and STEPD.</summary>
    private static void AssertFinal(JsonElement one, DriftDetector ours, string what)
    {
        if (!one.TryGetProperty("final", out JsonElement final))
        {
            return;
        }

        double[] expected = final.Deserialize<double[]>()!;
        double[] actual = ours switch
        {
            Adwin adwin => [adwin.Width, adwin.Total, adwin.Variance * adwin.Width],
            Kswin kswin => [kswin.PValue],
            Stepd stepd => [stepd.PValue],
            _ => throw new InvalidOperationException(what),
        };
        if (ours is Kswin && expected[0] == 0 && double.IsNaN(actual[0]))
        {
            return; // River shows 0 before the first test
        }

        for (int i = 0; i < expected.Length; i++)
        {
            References.AssertClose(expected[i], actual[i], what);
        }
    }

    private static string Group(JsonElement one) => $"{one.GetProperty("detector").GetString()} {one.GetProperty("parameters").GetRawText()}";

    private static JsonElement Load()
    {
        using Stream stream = typeof(RiverAgreementTests).Assembly.GetManifestResourceStream("streams.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
