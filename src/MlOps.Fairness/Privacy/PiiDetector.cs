using System.Text;
using MlOps.Data;
using MlOps.Data.Identifiers;

namespace MlOps.Fairness.Privacy;

/// <summary>Finds what names or reaches a person, in texts and in tables. Threads may share it.</summary>
/// <remarks>
/// Shapes, check digits and words nearby decide; a match whose check digit fits has confidence 1. Where two matches overlap the surer one stays, of equals the longer.
/// What it does not find: addresses, names that are not on the list, numbers in other writing systems, persons told apart by what is said about them. A clean report is no proof.
/// </remarks>
/// <param name="options">What to look for; everything when null.</param>
/// <exception cref="ArgumentException">A kind has no shape: dates of birth, addresses.</exception>
/// <exception cref="ArgumentOutOfRangeException">The minimum confidence is no share.</exception>
public sealed class PiiDetector(PiiOptions? options = null)
{
    private const double NameConfidence = 0.6;

    private readonly PiiOptions _options = Checked(options ?? new PiiOptions());
    private readonly NameList _names = new((options ?? new PiiOptions()).Names);

    /// <summary>Finds matches in a text, in the order of the text; they do not overlap.</summary>
    public IReadOnlyList<PiiMatch> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        IEnumerable<PiiMatch> candidates = _options.Kinds.SelectMany(kind => kind == PersonalDataKind.Name ? _names.Find(text, NameConfidence) : PiiPatterns.Find(kind, text));
        var kept = new List<PiiMatch>();
        foreach (PiiMatch match in candidates.Where(match => match.Confidence >= _options.MinimumConfidence)
            .OrderByDescending(match => match.Confidence).ThenByDescending(match => match.Text.Length).ThenBy(match => match.Start))
        {
            if (!kept.Exists(other => match.Start < other.End && other.Start < match.End))
            {
                kept.Add(match);
            }
        }

        kept.Sort((a, b) => a.Start.CompareTo(b.Start));
        return kept;
    }

    /// <summary>Replaces every match in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="masking">What stands in its place; <see cref="Masking.Label"/> when null.</param>
    public string Mask(string text, Masking? masking = null)
    {
        masking ??= Masking.Label;
        var masked = new StringBuilder();
        int next = 0;
        foreach (PiiMatch match in Find(text))
        {
            masked.Append(text, next, match.Start - next).Append(masking.Of(match));
            next = match.End;
        }

        return masked.Append(text, next, text.Length - next).ToString();
    }

    /// <summary>Replaces every match in the text columns of a table. Columns of numbers stay: <see cref="Scan(Table, IProgress{double}?, CancellationToken)"/> tells where one holds identifiers.</summary>
    /// <param name="table">The table.</param>
    /// <param name="masking">What stands in its place; <see cref="Masking.Label"/> when null.</param>
    public Table Mask(Table table, Masking? masking = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        Table masked = table;
        foreach (StringColumn column in table.Columns.OfType<StringColumn>())
        {
            string[] levels = [.. column.Levels.ToArray().Select(level => Mask(level, masking))];
            masked = masked.With(Column.Of(column.Name, column.Codes.ToArray().Select(code => code < 0 ? null : levels[code]).ToArray()));
        }

        return masked;
    }

    /// <summary>Looks through every column of text and of whole numbers, and tells which hold personal data.</summary>
    /// <param name="table">The table.</param>
    /// <param name="progress">Told the share of columns that is done.</param>
    /// <param name="cancellationToken">Stops between columns.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PiiReport Scan(Table table, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var findings = new List<PiiFinding>();
        for (int i = 0; i < table.Columns.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings.AddRange(Scan(table.Columns[i]));
            progress?.Report((i + 1.0) / table.Columns.Count);
        }

        return new PiiReport(table.RowCount, findings);
    }

    private IEnumerable<PiiFinding> Scan(Column column)
    {
        StringColumn? text = column switch
        {
            StringColumn given => given,
            Column<long> whole => new StringColumn(whole.Name, Enumerable.Range(0, whole.Count).Select(row => whole[row]?.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            _ => null,
        };
        if (text is null)
        {
            return [];
        }

        var rows = new int[text.Levels.Length];
        foreach (int code in text.Codes)
        {
            if (code >= 0)
            {
                rows[code]++;
            }
        }

        // Each distinct text is looked at once, with the column's name before it: "phone" is the word nearby.
        string head = column.Name.Replace('_', ' ') + ": ";
        var found = new SortedDictionary<PersonalDataKind, (int Rows, double Confidence, string Example)>();
        for (int level = 0; level < rows.Length; level++)
        {
            foreach (IGrouping<PersonalDataKind, PiiMatch> kind in Find(head + text.Levels[level]).Where(match => rows[level] > 0 && match.Start >= head.Length).GroupBy(match => match.Kind))
            {
                (int seen, double sure, string example) = found.GetValueOrDefault(kind.Key, (0, 0, Masking.KeepEnd(2).Of(kind.First())));
                found[kind.Key] = (seen + rows[level], Math.Max(sure, kind.Max(match => match.Confidence)), example);
            }
        }

        return found.Select(pair => new PiiFinding(column.Name, pair.Key, pair.Value.Rows, (double)pair.Value.Rows / column.Count, pair.Value.Confidence, pair.Value.Example));
    }

    private static PiiOptions Checked(PiiOptions options)
    {
        Guard.Share(options.MinimumConfidence);
        PersonalDataKind[] shapeless = [.. options.Kinds.Where(kind => kind is PersonalDataKind.BirthDate or PersonalDataKind.Address)];
        return shapeless.Length == 0 ? options : throw new ArgumentException($"{shapeless[0]} has no shape by which a text could be searched for it.", nameof(options));
    }
}
