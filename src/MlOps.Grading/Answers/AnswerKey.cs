namespace MlOps.Grading.Answers;

/// <summary>The right answers of one week's choices and numbers.</summary>
/// <remarks>
/// <para>An instructor's copy has them in <c>answers.yaml</c>, the student edition in <c>answers.sealed.json</c>. Both give the same
/// verdicts.</para>
/// <para><b>Choice.</b> Trimmed and in upper case: <c>" b"</c> is <c>B</c>.</para>
/// <para><b>Number.</b> With the tolerance t and u = t / 10, a value x is right if |⌊x / u + ½⌋ − ⌊a / u + ½⌋| ≤ 10, a the
/// answer. So everything within t is right and nothing beyond 1.1 t; in between the buckets decide, in both editions alike.
/// A foreseen wrong value is recognised by the same rule; if two are near enough, the nearer explains, then the earlier.</para>
/// <para><b>No answer yet</b>: <c>"?"</c>, an empty text, null, NaN.</para>
/// <para><b>What sealing does.</b> The file shows neither the right answer nor which options are wrong: every option, the right one too, has an
/// entry and a text of the same size, in an order that says nothing. It does not stop guessing: a program tries four options in
/// a second and the numbers of a plausible range in minutes, and a student may simply ask <c>./mlops check</c> four times. Hashes keep
/// answers from being seen, not from being found. What must not be found belongs into a held-back test.</para>
/// <para>Immutable, so safe for use from several threads.</para>
/// </remarks>
public sealed class AnswerKey
{
    /// <summary>The instructor's file.</summary>
    internal const string PlainName = "answers.yaml";

    /// <summary>The student edition's file.</summary>
    internal const string SealedName = "answers.sealed.json";

    private readonly string _source;
    private readonly Dictionary<string, Dictionary<string, IAnswerEntry>> _entries;

    private AnswerKey(string source, IEnumerable<(string Exercise, string Property, IAnswerEntry Entry)> entries)
    {
        _source = source;
        _entries = entries
            .GroupBy(entry => entry.Exercise)
            .ToDictionary(group => group.Key, group => group.ToDictionary(entry => entry.Property, entry => entry.Entry));
    }

    /// <summary>Gets whether the answers can be checked but not read.</summary>
    public bool IsSealed => _source.EndsWith(SealedName, StringComparison.Ordinal);

    internal IEnumerable<PlainEntry> Plain => _entries.Values.SelectMany(properties => properties.Values).OfType<PlainEntry>();

    /// <summary>Reads the answers of a week: <c>answers.yaml</c> if it is there, else <c>answers.sealed.json</c>; a week with neither has no answers.</summary>
    /// <param name="weekFolder">The folder <c>exercises/weekNN</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The file is wrong; the message names the file, and the line or the entry.</exception>
    public static AnswerKey Load(string weekFolder)
    {
        string folder = Path.GetFullPath(weekFolder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder of a week at {folder}.");
        }

        string plain = Path.Combine(folder, PlainName);
        if (File.Exists(plain))
        {
            return new AnswerKey(plain, AnswerSheet.Read(plain).Select(entry => (entry.Exercise, entry.Property, (IAnswerEntry)entry)));
        }

        string hashed = Path.Combine(folder, SealedName);
        if (!File.Exists(hashed))
        {
            return new AnswerKey(plain, []);
        }

        SealedFile file = SealedFile.Read(hashed);
        return new AnswerKey(hashed, file.Answers.SelectMany(exercise => exercise.Value.Select(property =>
            (exercise.Key, property.Key, (IAnswerEntry)new SealedEntry(hashed, exercise.Key, property.Key, file.Iterations, property.Value)))));
    }

    /// <summary>The properties of an exercise that have an answer, in ordinal order; empty if the exercise has none.</summary>
    public IReadOnlyList<string> PropertiesOf(string exercise) =>
        _entries.TryGetValue(exercise, out Dictionary<string, IAnswerEntry>? properties) ? [.. properties.Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>Judges an answer. In the student edition one call takes a few milliseconds, on purpose.</summary>
    /// <param name="exercise">The exercise, such as <c>12.1</c>.</param>
    /// <param name="property">The property of the student's class.</param>
    /// <param name="value">Its value: a text or a number, or a <see cref="System.Text.Json.JsonElement"/> that holds one.</param>
    /// <returns>The verdict. A value that can be no answer (a text for a number, a list) is wrong, and the verdict says what is needed.</returns>
    /// <exception cref="ArgumentException">The key has no such entry; the message lists what it has.</exception>
    /// <exception cref="InvalidDataException">The sealed entry was changed after sealing.</exception>
    public AnswerVerdict Check(string exercise, string property, object? value)
    {
        IAnswerEntry entry = Entry(exercise, property);
        Candidate candidate = entry.Form.Read(value);
        return !candidate.IsAnswered ? AnswerVerdict.NotYet
            : candidate.Canonical is { } canonical ? entry.Judge(canonical)
            : AnswerVerdict.Wrong(candidate.Problem);
    }

    /// <summary>Writes the answers in the form of the student edition. Equal answers give equal bytes.</summary>
    /// <param name="path">The file to write; one that is there is replaced.</param>
    /// <param name="cancellationToken">Stops between two answers, before anything is written.</param>
    /// <exception cref="InvalidOperationException">These answers are sealed already, so there is nothing to seal.</exception>
    public void Seal(string path, CancellationToken cancellationToken = default)
    {
        if (IsSealed)
        {
            throw new InvalidOperationException($"{_source} is sealed already; copy the file.");
        }

        SealedFile.Of(Plain, cancellationToken).Write(path);
    }

    /// <summary>The type of an answer: text for a choice, a number else.</summary>
    internal Type TypeOf(string exercise, string property) => Entry(exercise, property).Form.Tolerance is null ? typeof(string) : typeof(double);

    private IAnswerEntry Entry(string exercise, string property)
    {
        if (!_entries.TryGetValue(exercise, out Dictionary<string, IAnswerEntry>? properties))
        {
            throw new ArgumentException($"{_source} has no answer for exercise '{exercise}'. It has: {Names(_entries.Keys)}.", nameof(exercise));
        }

        if (!properties.TryGetValue(property, out IAnswerEntry? entry))
        {
            throw new ArgumentException($"{_source} has no answer for '{property}' of exercise {exercise}. It has: {Names(properties.Keys)}.", nameof(property));
        }

        return entry;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } list ? list : "nothing";
}
