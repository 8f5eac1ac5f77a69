namespace MlOps.Grading.Answers;

/// <summary>The right answer of one property, as <c>answers.yaml</c> gives it.</summary>
/// <remarks>
/// Every canonical text that means something has a place in one table: 0 is the right answer, i the i-th wrong one. The right
/// answer takes its places first, then each wrong value in the order of distance, the earlier in the file on a tie. The
/// sealed form seals this very table, so that both editions agree.
/// </remarks>
internal sealed class PlainEntry : IAnswerEntry
{
    /// <param name="exercise">The exercise.</param>
    /// <param name="property">The property.</param>
    /// <param name="form">How answers are written.</param>
    /// <param name="right">The right answer's canonical text.</param>
    /// <param name="wrong">Canonical text and explanation of each wrong value that was foreseen.</param>
    internal PlainEntry(string exercise, string property, AnswerForm form, string right, IReadOnlyList<(string Canonical, string Why)> wrong)
    {
        (Exercise, Property, Form, Right) = (exercise, property, form, right);
        Texts = ["", .. wrong.Select(value => value.Why)];
        Table = TableOf(form, right, wrong);
    }

    internal string Exercise { get; }

    internal string Property { get; }

    public AnswerForm Form { get; }

    internal string Right { get; }

    /// <summary>Gets the explanations; the first is the right answer's and empty.</summary>
    internal IReadOnlyList<string> Texts { get; }

    /// <summary>Gets canonical text → index into <see cref="Texts"/>.</summary>
    internal IReadOnlyDictionary<string, int> Table { get; }

    public AnswerVerdict Judge(string canonical) =>
        !Table.TryGetValue(canonical, out int text) ? AnswerVerdict.Wrong(null)
        : text == 0 ? AnswerVerdict.Right
        : AnswerVerdict.Wrong(Texts[text]);

    private static Dictionary<string, int> TableOf(AnswerForm form, string right, IReadOnlyList<(string Canonical, string Why)> wrong)
    {
        var table = form.Near(right).ToDictionary(text => text, _ => 0, StringComparer.Ordinal);
        var places = wrong.SelectMany((value, i) => form.Near(value.Canonical).Select((text, rank) => (text, distance: (rank + 1) / 2, i)));
        foreach ((string text, _, int i) in places.OrderBy(place => place.distance))
        {
            table.TryAdd(text, i + 1);
        }

        return table;
    }
}
