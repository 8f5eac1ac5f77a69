using System.Globalization;

namespace MlOps.Tracking.Sql;

/// <summary>The runs that a search looks at: those of some experiments, in one or both stages.</summary>
internal sealed class RunScope
{
    private readonly SqlSession _session;
    private readonly long[] _experiments;
    private readonly ViewType _view;
    private readonly CancellationToken _cancellation;
    private RunSet? _all;

    internal RunScope(SqlSession session, long[] experiments, ViewType view, CancellationToken cancellationToken)
    {
        (_session, _experiments, _view, _cancellation) = (session, experiments, view, cancellationToken);
        Places = string.Join(", ", experiments.Select((_, i) => Place(i + 1)));
        Most = session.Number("SELECT max(number) FROM runs") ?? 0;
    }

    /// <summary>Gets the places of the experiments in a statement: <c>$1, $2</c>. Other values come after them.</summary>
    internal string Places { get; }

    /// <summary>Gets the condition that a row of <c>runs</c> is of the right stage.</summary>
    internal string Stage => _view switch
    {
        ViewType.ActiveOnly => "stage = 0",
        ViewType.DeletedOnly => "stage = 1",
        _ => "stage IN (0, 1)",
    };

    /// <summary>Gets the greatest number of a run.</summary>
    internal long Most { get; }

    /// <summary>Returns the place of the i-th value, from 1, after the experiments.</summary>
    internal string After(int i) => Place(_experiments.Length + i);

    /// <summary>Returns every run looked at.</summary>
    internal RunSet All() => _all ??= Runs($"SELECT number FROM runs WHERE experiment IN ({Places}) AND {Stage}");

    /// <summary>Takes away what is of the experiments but not of the right stage.</summary>
    internal RunSet Of(RunSet runs) => _view switch
    {
        ViewType.All => runs,
        ViewType.ActiveOnly => runs.Except(Runs($"SELECT number FROM runs WHERE experiment IN ({Places}) AND stage = 1")), // few, mostly none
        _ => runs.And(All()),
    };

    /// <summary>Runs a statement whose first column is a run's number. The first places are the experiments'.</summary>
    internal SqlCursor Query(string sql, params ReadOnlySpan<SqlValue> values)
    {
        _cancellation.ThrowIfCancellationRequested();
        var bound = new SqlValue[_experiments.Length + values.Length];
        for (int i = 0; i < _experiments.Length; i++)
        {
            bound[i] = _experiments[i];
        }

        values.CopyTo(bound.AsSpan(_experiments.Length));
        return _session.Query(sql, bound);
    }

    /// <summary>Collects the runs in the first column of a statement.</summary>
    internal RunSet Runs(string sql, params ReadOnlySpan<SqlValue> values)
    {
        var found = new RunSet(Most);
        using SqlCursor rows = Query(sql, values);
        while (rows.Read())
        {
            found.Add(rows.Number(0));
        }

        return found;
    }

    /// <summary>Collects the runs in the first column of a statement whose text in the second column is right.</summary>
    internal RunSet Runs(string sql, Func<string, bool> holds, params ReadOnlySpan<SqlValue> values)
    {
        var found = new RunSet(Most);
        using SqlCursor rows = Query(sql, values);
        while (rows.Read())
        {
            if (holds(rows.Text(1)))
            {
                found.Add(rows.Number(0));
            }
        }

        return found;
    }

    /// <summary>Returns the number that stands for a metric's key; null if nobody ever logged it.</summary>
    internal long? MetricKey(string name) => _session.Number("SELECT number FROM metric_keys WHERE name = $1", name);

    private static string Place(int i) => "$" + i.ToString(CultureInfo.InvariantCulture);
}
