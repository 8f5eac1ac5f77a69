using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>One fingerprint a row over one or several columns.</summary>
internal static class RowKeys
{
    /// <param name="columns">The columns, at least one.</param>
    /// <param name="missing">Receives true for rows one of whose values is missing; null where missing is a value like any other.</param>
    internal static Fingerprint[] Of(IReadOnlyList<Column> columns, bool[]? missing)
    {
        var keys = new Fingerprint[columns[0].Count];
        for (int c = 0; c < columns.Count; c++)
        {
            Add(columns[c], keys, first: c == 0);
            for (int row = 0; missing is not null && columns[c].MissingCount > 0 && row < keys.Length; row++)
            {
                missing[row] |= columns[c].IsMissing(row);
            }
        }

        return keys;
    }

    private static void Add(Column column, Fingerprint[] keys, bool first)
    {
        switch (column)
        {
            case Column<double> numbers:
                for (int row = 0; row < keys.Length; row++)
                {
                    double value = numbers.Values[row];
                    Join(ref keys[row], double.IsNaN(value) ? Fingerprint.Missing : Fingerprint.Of(value), first);
                }

                break;
            case Column<long> whole:
                for (int row = 0; row < keys.Length; row++)
                {
                    Join(ref keys[row], whole.IsMissing(row) ? Fingerprint.Missing : Fingerprint.Of(whole.Values[row]), first);
                }

                break;
            case Column<bool> truths:
                for (int row = 0; row < keys.Length; row++)
                {
                    Join(ref keys[row], truths.IsMissing(row) ? Fingerprint.Missing : Fingerprint.Of(truths.Values[row] ? 1L : 0), first);
                }

                break;
            case Column<DateTime> times:
                for (int row = 0; row < keys.Length; row++)
                {
                    Join(ref keys[row], times.IsMissing(row) ? Fingerprint.Missing : Fingerprint.Of(times.Values[row].Ticks), first);
                }

                break;
            default:
                AddTexts((StringColumn)column, keys, first);
                break;
        }
    }

    private static void AddTexts(StringColumn texts, Fingerprint[] keys, bool first)
    {
        Fingerprint[] levels = new Fingerprint[texts.Levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = Fingerprint.Of(texts.Levels[i]);
        }

        ReadOnlySpan<int> codes = texts.Codes;
        for (int row = 0; row < keys.Length; row++)
        {
            Join(ref keys[row], codes[row] < 0 ? Fingerprint.Missing : levels[codes[row]], first);
        }
    }

    private static void Join(ref Fingerprint key, Fingerprint value, bool first) => key = first ? value : key.Then(value);
}
