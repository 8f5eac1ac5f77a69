using System.Text.Json;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Texts;

public sealed partial record TextDrift
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>Returns the comparison as JSON.</summary>
    /// <remarks><c>{"rows","missing","empty","drift","findings":[…],"newWords":{"share","chance","textsWithOne"},"length":{"statistic","pValue","psi"},
    /// "words":{"distance","pValue","moved":[{"word","reference","current"}]},"topics":{"psi","pValue","chance","found":[{"words":[…],"reference","current"}]} or null}</c>;
    /// <c>rows</c>, <c>missing</c> and <c>empty</c> are <c>{"reference","current"}</c>; a number that is not finite is null.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => JsonSerializer.Serialize(
        new
        {
            rows = Side(Texts),
            missing = Side(Missing),
            empty = Side(Empty),
            drift = Drift,
            findings = Findings,
            newWords = new { share = OutOfVocabulary, chance = OutOfVocabularyByChance, textsWithOne = TextsWithNewWords },
            length = new { statistic = Finite(Length.Statistic), pValue = Finite(Length.PValue), psi = Finite(LengthPsi.Value) },
            words = new
            {
                distance = Finite(Words.Distance),
                pValue = Finite(WordTest.PValue),
                moved = Moved.Select(word => new { word = word.Word, reference = word.Reference, current = word.Current }),
            },
            topics = TopicPsi is not { } psi ? null : new
            {
                psi = Finite(psi.Value),
                pValue = Finite(TopicTest!.PValue),
                chance = Finite(psi.ChanceThreshold),
                found = Topics.Select(topic => new { words = topic.Words, reference = topic.Reference, current = topic.Current }),
            },
        },
        indented ? s_indented : JsonSerializerOptions.Default);

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the findings, or that there are none, and the numbers.</summary>
    public override string ToString() => string.Join('\n', (Drift ? Findings : ["The texts have not drifted"]).Append(Text(
        $"{Texts.Reference:N0} and {Texts.Current:N0} texts; new words {100 * OutOfVocabulary:0.#} % (by chance {100 * OutOfVocabularyByChance:0.#} %); length D {Length.Statistic:0.000}; words JS {Words.Distance:0.000}; topics PSI {TopicPsi?.Value ?? double.NaN:0.000}")));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null; // JSON has no other numbers

    private static object Side(RowCounts counts) => new { reference = counts.Reference, current = counts.Current };
}
