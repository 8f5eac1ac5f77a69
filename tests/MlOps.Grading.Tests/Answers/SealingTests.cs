using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Grading.Answers;

namespace MlOps.Grading.Tests.Answers;

/// <summary>What the sealed file shows and hides.</summary>
public sealed class SealingTests
{
    // Python: hashlib.pbkdf2_hmac('sha256', b'98.1\nAnswer\nB', bytes(range(16)), 20000, 32), then HKDF-Expand (RFC 5869) by hmac, info b'entry', 48 bytes.
    [Fact]
    public void KeysOf_KnownCandidate_AgreeWithPython()
    {
        SealKeys.Pair pair = SealKeys.Of("98.1", "Answer", "B", [.. Enumerable.Range(0, 16).Select(i => (byte)i)], 20_000);
        Assert.Equal("f53da6c65770325ef36737c778b9c211", Convert.ToHexStringLower(pair.Tag));
        Assert.Equal("271b9a9ab2690645ed7462e91b3191207f1df72819eb0e50ee049e6eb6eba5de", Convert.ToHexStringLower(pair.Key));
    }

    [Fact]
    public void Seal_Twice_GivesTheSameBytes()
    {
        using var week = new WeekFolder(Samples.TwoKinds);
        AnswerKey.Load(week.FullName).Seal(week.At("one.json"));
        AnswerKey.Load(week.FullName).Seal(week.At("two.json"));
        Assert.Equal(File.ReadAllBytes(week.At("one.json")), File.ReadAllBytes(week.At("two.json")));
    }

    [Fact]
    public void Seal_ChangedExplanation_ChangesEveryEntryOfTheProperty()
    {
        // Keys that stayed while a text changed would encrypt two texts alike.
        JsonNode before = SealedSample(Samples.TwoKinds);
        JsonNode after = SealedSample(Samples.TwoKinds.Replace("reference only", "reference alone", StringComparison.Ordinal));
        Assert.Empty(Strings(before["98.1"]!["Pick"]!["entries"]!).Intersect(Strings(after["98.1"]!["Pick"]!["entries"]!)));
        Assert.Empty(Strings(before["98.1"]!["Pick"]!["texts"]!).Intersect(Strings(after["98.1"]!["Pick"]!["texts"]!)));
        Assert.Equal(before["98.2"]!["Share"]!.ToJsonString(), after["98.2"]!["Share"]!.ToJsonString());
    }

    [Fact]
    public void Seal_EveryOption_LooksTheSame()
    {
        JsonNode answers = SealedSample(Samples.TwoKinds);
        foreach ((string exercise, string property, int entries, int texts) in new[] { ("98.1", "Pick", 4, 4), ("98.2", "Verdict", 2, 2), ("98.2", "Share", 63, 3) })
        {
            JsonNode answer = answers[exercise]![property]!;
            Assert.Equal(entries, Strings(answer["entries"]!).Count);
            Assert.Equal(texts, Strings(answer["texts"]!).Count);
            Assert.Single(Strings(answer["entries"]!).Select(entry => entry.Length).Distinct());
            Assert.Single(Strings(answer["texts"]!).Select(text => text.Length).Distinct());
            Assert.Equal(entries, Strings(answer["entries"]!).Distinct().Count());
        }
    }

    [Fact]
    public void Seal_RightAnswersOfManyProperties_StandAtEveryPlaceInTheFile()
    {
        // 40 choices with the same answer: if the right one always came first, the order would tell.
        string sheet = "answers:\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"  \"98.{i}\": {{ Pick: {{ value: B, why: {{ A: no, C: no, D: no }} }} }}\n"));
        JsonNode answers = SealedSample(sheet);
        var places = new HashSet<int>();
        for (int i = 1; i <= 40; i++)
        {
            JsonNode answer = answers[$"98.{i}"]!["Pick"]!;
            byte[] tag = SealKeys.Of($"98.{i}", "Pick", "B", Convert.FromBase64String(answer["salt"]!.GetValue<string>()), SealKeys.Iterations).Tag;
            places.Add(Strings(answer["entries"]!).ToList().FindIndex(entry => Convert.FromBase64String(entry).AsSpan(0, 16).SequenceEqual(tag)));
        }

        Assert.Equal([0, 1, 2, 3], places.Order());
    }

    [Fact]
    public void Seal_TheFile_HoldsNeitherAnswerNorExplanation()
    {
        using var week = new WeekFolder(Samples.TwoKinds);
        week.Sealed();
        string text = File.ReadAllText(week.At("answers.sealed.json"));
        Assert.DoesNotContain("0.0213", text, StringComparison.Ordinal);
        Assert.DoesNotContain("logarithm", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"B\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_EntryChangedAfterSealing_IsNamed()
    {
        using var week = new WeekFolder("answers: { \"98.1\": { Pick: { value: B } } }");
        week.Sealed();
        JsonNode file = JsonNode.Parse(File.ReadAllText(week.At("answers.sealed.json")))!;
        JsonNode entries = file["answers"]!["98.1"]!["Pick"]!["entries"]!;
        byte[] entry = Convert.FromBase64String(entries[0]!.GetValue<string>());
        entry[^1] ^= 1;
        entries[0] = Convert.ToBase64String(entry);
        File.WriteAllText(week.At("answers.sealed.json"), file.ToJsonString());
        string said = Assert.Throws<InvalidDataException>(() => AnswerKey.Load(week.FullName).Check("98.1", "Pick", "B")).Message;
        Assert.Contains("98.1 Pick was changed after it was sealed", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Seal_AlreadySealed_IsRefused()
    {
        using var week = new WeekFolder("answers: { \"98.1\": { Pick: { value: B } } }");
        AnswerKey key = week.Sealed();
        Assert.Contains("is sealed already", Assert.Throws<InvalidOperationException>(() => key.Seal(week.At("again.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Seal_Cancelled_WritesNothing()
    {
        using var week = new WeekFolder(Samples.TwoKinds);
        Assert.Throws<OperationCanceledException>(() => AnswerKey.Load(week.FullName).Seal(week.At("answers.sealed.json"), new CancellationToken(canceled: true)));
        Assert.False(File.Exists(week.At("answers.sealed.json")));
    }

    private static JsonNode SealedSample(string sheet)
    {
        using var week = new WeekFolder(sheet);
        week.Sealed();
        return JsonNode.Parse(File.ReadAllText(week.At("answers.sealed.json")))!["answers"]!;
    }

    private static IReadOnlyList<string> Strings(JsonNode array) => array.Deserialize<string[]>()!;
}
