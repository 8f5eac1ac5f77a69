using MlOps.Tracking.Search;

namespace MlOps.Tracking.Sql;

/// <summary>Finds the runs that a filter matches: every comparison is one scan over the rows of its key, and sets of runs are joined as the filter says.</summary>
/// <remarks>
/// A joined SELECT looks up every run in every table, a seek of half a microsecond each, and takes several times as long over 100,000 runs as the scans, which
/// read side by side what is stored side by side. It also makes the logic two-valued by itself: a run is in a set or not. All that comes from a filter is bound to
/// a place; LIKE is matched here, so that both databases understand it alike.
/// </remarks>
internal sealed class RunFilter(RunScope scope)
{
    private static readonly RunStatus[] s_statuses = Enum.GetValues<RunStatus>();

    /// <summary>Returns the matching runs, of all stages unless the filter has to do with what is missing.</summary>
    internal RunSet Matches(FilterExpression filter)
    {
        switch (filter)
        {
            case FilterExpression.And(var left, var right):
            {
                RunSet first = Matches(left);
                return first.IsEmpty ? first : first.And(Matches(right));
            }

            case FilterExpression.Or(var left, var right):
                return Matches(left).Or(Matches(right));
            case FilterExpression.Not(var operand):
                return scope.All().Except(Matches(operand));
            case FilterExpression.IsNull(var field):
                return scope.All().Except(Present(field));
            case FilterExpression.Number(var field, var comparison, var value):
                return Compared(field, comparison, value);
            case FilterExpression.Text(var field, (FilterOperator.Equal or FilterOperator.NotEqual) and var comparison, var value) when field.Kind is FieldKind.Param or FieldKind.Tag:
                return scope.Runs(
                    $"SELECT run FROM {Table(field)} WHERE experiment IN ({scope.Places}) AND key = {scope.After(1)} AND value {(comparison == FilterOperator.Equal ? "=" : "<>")} {scope.After(2)}", field.Key, value);
            case FilterExpression.Text({ Kind: FieldKind.Attribute, Key: "run_id" }, FilterOperator.Equal, var value):
                return ById([value]);
            case FilterExpression.In({ Kind: FieldKind.Attribute, Key: "run_id" }, var values):
                return ById(values);
            case FilterExpression.Text(var field, var comparison, var value):
                return Where(field, Holds(comparison, value));
            case FilterExpression.In(var field, var values):
            {
                var set = values.ToHashSet(StringComparer.Ordinal);
                return Where(field, set.Contains);
            }

            case FilterExpression.NotIn(var field, var values):
            {
                var set = values.ToHashSet(StringComparer.Ordinal);
                return Where(field, text => !set.Contains(text));
            }

            default:
                throw new ArgumentException($"{filter.GetType().Name} is no expression that is known here.", nameof(filter));
        }
    }

    private static Func<string, bool> Holds(FilterOperator comparison, string value) => comparison switch
    {
        FilterOperator.Equal => text => text == value,
        FilterOperator.NotEqual => text => text != value,
        FilterOperator.Like => new LikePattern(value, ignoreCase: false).Matches,
        FilterOperator.ILike => new LikePattern(value, ignoreCase: true).Matches,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "A text is not greater or less than another in a filter."),
    };

    private static string Table(FilterField field) => field.Kind == FieldKind.Param ? "params" : "tags";

    private RunSet Compared(FilterField field, FilterOperator comparison, double value)
    {
        if (field.Kind == FieldKind.Metric)
        {
            (long from, long to, bool inside) = NumberRange.OfMetric(comparison, value);
            return scope.MetricKey(field.Key) is not { } key ? new RunSet(scope.Most) : scope.Runs(
                $"SELECT run FROM metrics WHERE experiment IN ({scope.Places}) AND key = {scope.After(1)} AND value {Between(inside, 2)}", key, from, to);
        }

        (long start, long end, bool within) = NumberRange.OfTime(comparison, value);
        return scope.Runs($"SELECT number FROM runs WHERE experiment IN ({scope.Places}) AND {RunOrder.TimeColumn(field)} {Between(within, 1)}", start, end);
    }

    private string Between(bool inside, int place) => $"{(inside ? "" : "NOT ")}BETWEEN {scope.After(place)} AND {scope.After(place + 1)}";

    private RunSet ById(IReadOnlyList<string> ids)
    {
        RunSet found = new(scope.Most);
        foreach (string id in ids)
        {
            found = found.Or(scope.Runs($"SELECT number FROM runs WHERE experiment IN ({scope.Places}) AND id = {scope.After(1)}", id));
        }

        return found;
    }

    private RunSet Where(FilterField field, Func<string, bool> holds)
    {
        if (field is { Kind: FieldKind.Attribute, Key: "status" })
        {
            RunSet found = new(scope.Most);
            foreach (RunStatus status in s_statuses.Where(status => holds(FieldValues.StatusName(status))))
            {
                found = found.Or(scope.Runs($"SELECT number FROM runs WHERE experiment IN ({scope.Places}) AND status = {scope.After(1)}", (long)status));
            }

            return found;
        }

        return field.Kind switch
        {
            FieldKind.Param or FieldKind.Tag => scope.Runs($"SELECT run, value FROM {Table(field)} WHERE experiment IN ({scope.Places}) AND key = {scope.After(1)}", holds, field.Key),
            FieldKind.Dataset => scope.Runs(Datasets(field), holds),
            _ => scope.Runs($"SELECT number, {RunOrder.TextColumn(field)} FROM runs WHERE experiment IN ({scope.Places})", holds),
        };
    }

    private RunSet Present(FilterField field)
    {
        switch (field.Kind)
        {
            case FieldKind.Metric:
                return scope.MetricKey(field.Key) is not { } key ? new RunSet(scope.Most) : scope.Runs(
                    $"SELECT run FROM metrics WHERE experiment IN ({scope.Places}) AND key = {scope.After(1)}", key);
            case FieldKind.Attribute:
                return field.Key == "end_time" ? scope.Runs($"SELECT number FROM runs WHERE experiment IN ({scope.Places}) AND end_time IS NOT NULL") : scope.All();
            default:
                return Where(field, static _ => true);
        }
    }

    private string Datasets(FilterField field) => field.Key == "context"
        ? $"SELECT t.run, t.value FROM input_tags t JOIN datasets d ON d.number = t.dataset WHERE d.experiment IN ({scope.Places}) AND t.key = 'mlflow.data.context'"
        : $"SELECT i.run, d.{(field.Key == "name" ? "name" : "digest")} FROM inputs i JOIN datasets d ON d.number = i.dataset WHERE d.experiment IN ({scope.Places})";
}
