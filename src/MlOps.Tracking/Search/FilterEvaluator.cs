using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Search;

/// <summary>Turns a filter into a predicate over things in memory: what a store of files searches with, and what a store of tables is tested against.</summary>
/// <remarks>
/// Texts are compared by their UTF-16 units. A run with several data sets matches a comparison if one of them does, also with <c>!=</c> and NOT IN.
/// A metric that is NaN matches only <c>!=</c>.
/// </remarks>
internal static class FilterEvaluator
{
    internal static Func<Run, bool> OfRuns(FilterExpression? filter) => filter is null ? static _ => true : Compile<Run>(filter, FieldValues.Text, FieldValues.Number, FieldValues.Datasets);

    internal static Func<Experiment, bool> OfExperiments(FilterExpression? filter) => filter is null ? static _ => true : Compile<Experiment>(filter, FieldValues.Text, FieldValues.Number);

    internal static Func<RegisteredModel, bool> OfModels(FilterExpression? filter) => filter is null ? static _ => true : Compile<RegisteredModel>(filter, FieldValues.Text, FieldValues.Number);

    internal static Func<ModelVersion, bool> OfVersions(FilterExpression? filter) => filter is null ? static _ => true : Compile<ModelVersion>(filter, FieldValues.Text, FieldValues.Number);

    private static Func<T, bool> Compile<T>(
        FilterExpression filter, Func<T, FilterField, string?> text, Func<T, FilterField, double?> number, Func<T, FilterField, IEnumerable<string>>? datasets = null)
    {
        return Of(filter);

        Func<T, bool> Of(FilterExpression expression)
        {
            switch (expression)
            {
                case FilterExpression.And(var left, var right):
                {
                    (Func<T, bool> first, Func<T, bool> second) = (Of(left), Of(right));
                    return item => first(item) && second(item);
                }

                case FilterExpression.Or(var left, var right):
                {
                    (Func<T, bool> first, Func<T, bool> second) = (Of(left), Of(right));
                    return item => first(item) || second(item);
                }

                case FilterExpression.Not(var operand):
                {
                    Func<T, bool> inner = Of(operand);
                    return item => !inner(item);
                }

                case FilterExpression.IsNull(var field):
                    return field.Kind == FieldKind.Dataset && datasets is not null
                        ? item => !datasets(item, field).Any()
                        : item => text(item, field) is null && number(item, field) is null;
                case FilterExpression.Number(var field, var comparison, var value):
                {
                    Func<double, bool> holds = Holds(comparison, value);
                    return item => number(item, field) is { } found && holds(found);
                }

                case FilterExpression.Text(var field, var comparison, var value):
                    return Somewhere(field, Holds(comparison, value));
                case FilterExpression.In(var field, var values):
                {
                    var set = values.ToHashSet(StringComparer.Ordinal);
                    return Somewhere(field, set.Contains);
                }

                case FilterExpression.NotIn(var field, var values):
                {
                    var set = values.ToHashSet(StringComparer.Ordinal);
                    return Somewhere(field, found => !set.Contains(found));
                }

                default:
                    throw new ArgumentException($"{expression.GetType().Name} is no expression that is known here.", nameof(filter));
            }
        }

        Func<T, bool> Somewhere(FilterField field, Func<string, bool> holds) => field.Kind == FieldKind.Dataset && datasets is not null
            ? item => datasets(item, field).Any(holds)
            : item => text(item, field) is { } found && holds(found);
    }

    private static Func<double, bool> Holds(FilterOperator comparison, double value) => comparison switch
    {
        FilterOperator.Equal => found => found == value,
        FilterOperator.NotEqual => found => found != value,
        FilterOperator.Less => found => found < value,
        FilterOperator.LessOrEqual => found => found <= value,
        FilterOperator.Greater => found => found > value,
        FilterOperator.GreaterOrEqual => found => found >= value,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "A number is not compared with a pattern."),
    };

    private static Func<string, bool> Holds(FilterOperator comparison, string value) => comparison switch
    {
        FilterOperator.Equal => found => found == value,
        FilterOperator.NotEqual => found => found != value,
        FilterOperator.Like => new LikePattern(value, ignoreCase: false).Matches,
        FilterOperator.ILike => new LikePattern(value, ignoreCase: true).Matches,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "A text is not greater or less than another in a filter."),
    };
}
