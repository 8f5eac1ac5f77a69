namespace MlOps.Drift.Quality;

/// <summary>One rule during a check: its test, and the rows that failed so far. Not thread-safe.</summary>
internal sealed class ExpectationRun(Expectation rule, ExpectationTest test, bool quotes, bool keepsRows)
{
    private const int NamedRows = 10;
    private readonly List<long> _first = [];
    private readonly List<(long FirstRow, RowMask Mask)> _masks = [];
    private long _failing;
    private string? _example;

    internal Expectation Rule => rule;

    /// <summary>Gets the rows of the last part.</summary>
    internal RowMask Last { get; private set; } = new(0);

    internal void Add(PartView part, long firstRow)
    {
        Last = new RowMask(part.Rows);
        test.Add(part, Last);
        if (Last.Count == 0)
        {
            return;
        }

        if (_failing == 0 && quotes && rule.Columns.Count == 1)
        {
            int row = Last.Marked().First();
            _example = part[rule.Columns[0]].IsMissing(row) ? null : Wording.Value(part[rule.Columns[0]], row);
        }

        foreach (int row in Last.Marked().Take(NamedRows - _first.Count))
        {
            _first.Add(firstRow + row);
        }

        _failing += Last.Count;
        if (keepsRows)
        {
            _masks.Add((firstRow, Last));
        }
    }

    internal ExpectationResult Finish()
    {
        TestVerdict verdict = test.Finish(_failing);
        string where = _first.Count == 0 ? ""
            : _example is null ? $" First in row {Wording.Count(_first[0])}."
            : $" First {_example} in row {Wording.Count(_first[0])}.";
        return new ExpectationResult(rule, verdict.Outcome, verdict.Observed, verdict.Message + where, test.Evaluated, _failing, _first);
    }

    internal IReadOnlyList<(long FirstRow, RowMask Mask)> Masks => _masks;
}
