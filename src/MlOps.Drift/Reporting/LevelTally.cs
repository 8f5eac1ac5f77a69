using MlOps.Data;

namespace MlOps.Drift.Reporting;

/// <summary>Counts the levels of a categorical column on both sides and says what is new.</summary>
internal static class LevelTally
{
    private const int NamesInNote = 5;

    internal static LevelCounts Of(ColumnPair pair)
    {
        var counts = new SortedDictionary<string, (long Reference, long Current)>(StringComparer.Ordinal);
        foreach ((string level, long count) in Count(pair.Reference))
        {
            counts[level] = (count, 0);
        }

        foreach ((string level, long count) in Count(pair.Current))
        {
            counts[level] = (counts.GetValueOrDefault(level).Reference, count);
        }

        return new LevelCounts(
            [.. counts.Keys], counts.Values.Select(c => c.Reference).ToArray(), counts.Values.Select(c => c.Current).ToArray());
    }

    internal static IReadOnlyList<string> Notes(LevelCounts levels, ChiSquare? test)
    {
        var notes = new List<string>();
        AddNames(notes, "new levels", levels, (reference, _) => reference == 0);
        AddNames(notes, "levels gone", levels, (_, current) => current == 0);
        if (test is { IsRough: true, DegreesOfFreedom: > 0 })
        {
            notes.Add(FormattableString.Invariant($"chi2 is rough: the smallest expected count is {test.SmallestExpected:0.##}, below 5"));
        }

        return notes;
    }

    private static IEnumerable<(string Level, long Count)> Count(Column column)
    {
        if (column is Column<bool> flags)
        {
            bool[] present = flags.Present();
            int yes = present.AsSpan().Count(true);
            return Used([("false", present.Length - yes), ("true", yes)]);
        }

        var texts = (StringColumn)column;
        long[] counts = new long[texts.Levels.Length];
        foreach (int code in texts.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        return Used([.. texts.Levels.ToArray().Zip(counts)]);
    }

    /// <summary>A table that was cut out of another may list levels that do not occur in it.</summary>
    private static IEnumerable<(string Level, long Count)> Used((string Level, long Count)[] counts) => counts.Where(c => c.Count > 0);

    private static void AddNames(List<string> notes, string what, LevelCounts levels, Func<long, long, bool> matches)
    {
        string[] names = [.. levels.Levels.Where((_, i) => matches(levels.Reference[i], levels.Current[i]))];
        if (names.Length > 0)
        {
            string more = names.Length > NamesInNote ? $" and {names.Length - NamesInNote} more" : "";
            notes.Add($"{what}: {string.Join(", ", names.Take(NamesInNote).Select(name => $"'{name}'"))}{more}");
        }
    }
}
