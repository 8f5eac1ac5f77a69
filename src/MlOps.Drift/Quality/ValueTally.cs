using System.Runtime.InteropServices;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>How often each value of a column occurs. About 40 bytes a distinct value, and its text. Not thread-safe.</summary>
internal sealed class ValueTally
{
    private readonly Dictionary<string, long> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<Fingerprint, long> _values = [];

    internal int Distinct => _texts.Count + _values.Count;

    internal long Total { get; private set; }

    internal long Largest => Math.Max(_texts.Count == 0 ? 0 : _texts.Values.Max(), _values.Count == 0 ? 0 : _values.Values.Max());

    internal void Add(Column column)
    {
        Total += column.Count - column.MissingCount;
        if (column is StringColumn texts)
        {
            AddTexts(texts);
            return;
        }

        Fingerprint[] keys = RowKeys.Of([column], missing: null);
        for (int row = 0; row < keys.Length; row++)
        {
            if (column.MissingCount == 0 || !column.IsMissing(row))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_values, keys[row], out _)++;
            }
        }
    }

    private void AddTexts(StringColumn texts)
    {
        long[] counts = new long[texts.Levels.Length];
        foreach (int code in texts.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_texts, texts.Levels[i], out _) += counts[i];
            }
        }
    }
}

/// <summary>Compares a number taken from the tally of a column with what is expected.</summary>
internal sealed class TallyTest(string column, Func<ValueTally, (bool Passed, string Observed, string Message)> judge) : ExpectationTest
{
    private readonly ValueTally _tally = new();

    internal override void Add(PartView part, RowMask failing)
    {
        _tally.Add(part[column]);
        Evaluated = _tally.Total;
    }

    internal override TestVerdict Finish(long failing)
    {
        if (Evaluated == 0)
        {
            return TestVerdict.Nothing("There is nothing to evaluate: no value to judge.");
        }

        (bool passed, string observed, string message) = judge(_tally);
        return TestVerdict.Of(passed, observed, message);
    }
}
