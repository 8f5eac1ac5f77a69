using MlOps.Tracking.Search;

namespace MlOps.Tracking.Sql;

/// <summary>Picks a page of runs in the order asked for without sorting them all.</summary>
/// <remarks>
/// Every term becomes a column of whole numbers that sort upwards, missing and NaN at the end; only the runs up to the page's end are kept while going through them,
/// and only among those and their equals is the start looked up that breaks ties.
/// </remarks>
internal sealed class RunOrder(RunScope scope)
{
    private const long Missing = long.MaxValue;
    private const long NaN = long.MaxValue - 1; // just before what is missing; no double and no time has this place

    private static readonly OrderTerm s_latest = new(new FilterField(FieldKind.Attribute, "start_time"), Descending: true);

    private const int Few = 2000; // runs that are quicker looked up one by one than found in a scan of all

    /// <summary>The column of a time.</summary>
    internal static string TimeColumn(FilterField field) => field.Key == "start_time" ? "start_time" : "end_time";

    /// <summary>The column of a text: names from a filter never reach a statement.</summary>
    internal static string TextColumn(FilterField field) => field.Key switch
    {
        "run_id" => "id",
        "run_name" => "name",
        "user_id" => "user_id",
        "artifact_uri" => "artifact_uri",
        _ => throw new ArgumentException($"Runs have no attribute {field.Key}.", nameof(field)),
    };

    /// <summary>Returns up to <paramref name="take"/> runs after the first <paramref name="skip"/>.</summary>
    internal long[] Page(RunSet? matches, IReadOnlyList<OrderTerm> terms, long skip, int take)
    {
        if (terms.Count == 0 || (terms.Count == 1 && terms[0] is { Descending: true, Field: { Kind: FieldKind.Attribute, Key: "start_time" } }))
        {
            return Latest(matches, skip, take);
        }

        long[] runs = (matches is null ? scope.All() : scope.Of(matches)).ToArray();
        if (skip >= runs.Length)
        {
            return [];
        }

        var place = new RunPlaces(runs);
        long[][] columns = [.. terms.Select(term => Column(term, place))];
        int count = (int)Math.Min(skip + take, runs.Length);
        int[] first = First(columns, runs.Length, count);
        if (first.Length > 2 * count)
        {
            columns = [.. columns, Column(s_latest, place)]; // many equals: the start decides before they are sorted
            first = First(columns, runs.Length, count);
        }

        (long Start, string Id)[] ties = Ties(first, runs, place);
        int[] order = [.. Enumerable.Range(0, first.Length)];
        Array.Sort(order, (a, b) =>
        {
            int terms = Compare(columns, first[a], first[b]);
            return terms != 0 ? terms
                : ties[a].Start != ties[b].Start ? ties[b].Start.CompareTo(ties[a].Start)
                : string.CompareOrdinal(ties[a].Id, ties[b].Id);
        });
        return [.. order.Skip((int)skip).Take(take).Select(i => runs[first[i]])];
    }

    private static int Compare(long[][] columns, int a, int b)
    {
        foreach (long[] column in columns)
        {
            int order = column[a].CompareTo(column[b]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>Returns the places of the first <paramref name="count"/> by the columns, and of what equals the last of them.</summary>
    private static int[] First(long[][] columns, int length, int count)
    {
        var worstFirst = new PriorityQueue<int, int>(count, Comparer<int>.Create((a, b) => Compare(columns, b, a)));
        for (int i = 0; i < length; i++)
        {
            if (worstFirst.Count < count)
            {
                worstFirst.Enqueue(i, i);
            }
            else if (Compare(columns, i, worstFirst.Peek()) < 0)
            {
                worstFirst.DequeueEnqueue(i, i);
            }
        }

        int last = worstFirst.Peek();
        var first = new List<int>(count);
        for (int i = 0; i < length; i++)
        {
            if (Compare(columns, i, last) <= 0)
            {
                first.Add(i);
            }
        }

        return [.. first];
    }

    /// <summary>Without an order the index has them as they are wanted: go along it until the page is full.</summary>
    private long[] Latest(RunSet? matches, long skip, int take)
    {
        var page = new List<long>();
        using SqlCursor rows = scope.Query($"SELECT number FROM runs WHERE experiment IN ({scope.Places}) AND {scope.Stage} ORDER BY start_time DESC, id");
        while (page.Count < take && rows.Read())
        {
            long run = rows.Number(0);
            if ((matches is null || matches.Contains(run)) && --skip < 0)
            {
                page.Add(run);
            }
        }

        return [.. page];
    }

    private long[] Column(OrderTerm term, RunPlaces place)
    {
        long[] column = new long[place.Count];
        column.AsSpan().Fill(Missing);
        FilterField field = term.Field;
        switch (field.Kind)
        {
            case FieldKind.Metric:
                if (scope.MetricKey(field.Key) is { } key)
                {
                    Fill(column, place, $"SELECT run, value FROM metrics WHERE experiment IN ({scope.Places}) AND key = {scope.After(1)}", value => OfMetric(value, term.Descending), key);
                }

                break;
            case FieldKind.Attribute when field.Key is "start_time" or "end_time":
                string time = TimeColumn(field);
                Fill(column, place, $"SELECT number, {time} FROM runs WHERE experiment IN ({scope.Places}) AND {time} IS NOT NULL", value => Turned(value, term.Descending));
                break;
            case FieldKind.Attribute when field.Key == "status":
                long[] ranks = new long[6];
                foreach (RunStatus status in Enum.GetValues<RunStatus>())
                {
                    ranks[(int)status] = Enum.GetValues<RunStatus>().Count(other => string.CompareOrdinal(FieldValues.StatusName(other), FieldValues.StatusName(status)) < 0);
                }

                Fill(column, place, $"SELECT number, status FROM runs WHERE experiment IN ({scope.Places})", value => Turned(ranks[value], term.Descending));
                break;
            case FieldKind.Attribute:
                FillTexts(column, place, $"SELECT number, {TextColumn(field)} FROM runs WHERE experiment IN ({scope.Places})", term.Descending);
                break;
            default:
                FillTexts(
                    column,
                    place,
                    $"SELECT run, value FROM {(field.Kind == FieldKind.Param ? "params" : "tags")} WHERE experiment IN ({scope.Places}) AND key = {scope.After(1)}",
                    term.Descending,
                    field.Key);
                break;
        }

        return column;
    }

    private static long OfMetric(long value, bool descending) =>
        value == OrderedDouble.NaN ? NaN : Turned(value == OrderedDouble.NegativeZero ? OrderedDouble.Zero : value, descending);

    private static long Turned(long value, bool descending) => descending ? ~value : value; // ~x = −x − 1: no overflow

    private void Fill(long[] column, RunPlaces place, string sql, Func<long, long> key, params ReadOnlySpan<SqlValue> values)
    {
        using SqlCursor rows = scope.Query(sql, values);
        while (rows.Read())
        {
            if (place.Of(rows.Number(0)) is >= 0 and int i)
            {
                column[i] = key(rows.Number(1));
            }
        }
    }

    /// <summary>Gives every text the number of its place among the different ones.</summary>
    private void FillTexts(long[] column, RunPlaces place, string sql, bool descending, params ReadOnlySpan<SqlValue> values)
    {
        var found = new List<(int Place, string Text)>();
        using (SqlCursor rows = scope.Query(sql, values))
        {
            while (rows.Read())
            {
                if (place.Of(rows.Number(0)) is >= 0 and int i)
                {
                    found.Add((i, rows.Text(1)));
                }
            }
        }

        string[] texts = [.. found.Select(pair => pair.Text).Distinct(StringComparer.Ordinal)];
        Array.Sort(texts, OrderComparer.Texts);
        Dictionary<string, long> rank = texts.Select((text, i) => (text, i)).ToDictionary(pair => pair.text, pair => (long)pair.i, StringComparer.Ordinal);
        foreach ((int i, string text) in found)
        {
            column[i] = Turned(rank[text], descending);
        }
    }

    private (long Start, string Id)[] Ties(int[] first, long[] runs, RunPlaces place)
    {
        var position = new Dictionary<int, int>(first.Length);
        for (int i = 0; i < first.Length; i++)
        {
            position.Add(first[i], i);
        }

        var ties = new (long, string)[first.Length];
        if (first.Length <= Few)
        {
            for (int i = 0; i < first.Length; i++)
            {
                using SqlCursor row = scope.Query($"SELECT number, start_time, id FROM runs WHERE experiment IN ({scope.Places}) AND number = {scope.After(1)}", runs[first[i]]);
                row.Read();
                ties[i] = (row.Number(1), row.Text(2));
            }

            return ties;
        }

        using SqlCursor rows = scope.Query($"SELECT number, start_time, id FROM runs WHERE experiment IN ({scope.Places}) AND {scope.Stage}");
        while (rows.Read())
        {
            if (place.Of(rows.Number(0)) is >= 0 and int i && position.TryGetValue(i, out int at))
            {
                ties[at] = (rows.Number(1), rows.Text(2));
            }
        }

        return ties;
    }
}
