using System.Globalization;

namespace MlOps.Tracking.Search;

/// <summary>Reads filters in MLflow's grammar, such as <c>metrics.acc &gt; 0.9 and params.model = "boosting"</c>.</summary>
/// <remarks>
/// <para><c>clause := [entity.]key operator value</c>, joined by AND. Entities of runs are <c>metric(s)</c>, <c>param(s)</c> or <c>parameter(s)</c>, <c>tag(s)</c>,
/// <c>attribute(s)</c>, <c>attr</c> or <c>run</c>, and <c>dataset(s)</c>; of experiments, models and versions <c>attribute</c> and <c>tag(s)</c>. No entity means an attribute.
/// A key may stand in back-ticks or double quotes, a text in single or double quotes; a quote within them is written twice. Keywords may be in any case, names may not.</para>
/// <para>Numbers (metrics, times, version_number) take <c>= != &lt; &lt;= &gt; &gt;=</c>; texts take <c>= != LIKE ILIKE</c>, and where MLflow has it
/// <c>IN ('a', 'b')</c> and <c>NOT IN</c>.</para>
/// <para>Outside the strict mode also OR, NOT, parentheses, <c>IS NULL</c>, <c>IS NOT NULL</c>, <c>NOT LIKE</c>, lists for every text, and keys with <c>- / :</c> without
/// quotes. NOT binds tightest, then AND, then OR.</para>
/// <para>A model or a version without the tag <c>mlflow.prompt.is_prompt</c> counts as one where it is <c>false</c>: MLflow 3's client adds that clause to each search.</para>
/// <para>Chains of AND or OR become balanced trees: a filter of n clauses has depth log n, so that nothing that walks it can exhaust the stack.</para>
/// <para>Source: MLflow's documentation of search_runs, search_experiments, search_registered_models and search_model_versions.</para>
/// </remarks>
internal static class FilterParser
{
    /// <summary>How deep parentheses and NOT may be nested.</summary>
    public const int MostNested = 200;

    private const string PromptTag = "mlflow.prompt.is_prompt";

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The filter; null, empty or only spaces is no condition.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="strict">Whether only MLflow's own grammar is allowed.</param>
    /// <returns>The tree; null if there is no condition.</returns>
    /// <exception cref="TrackingException"><c>InvalidParameterValue</c>: it cannot be read; the message names the column, from 1, and what was expected there.</exception>
    public static FilterExpression? Parse(string? text, FilterTarget target, bool strict)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var grammar = new Grammar(new FilterScanner(text, "filter", strict), target, strict);
        return grammar.All();
    }

    private sealed class Grammar(FilterScanner scan, FilterTarget target, bool strict)
    {
        private int _depth;

        internal FilterExpression All()
        {
            FilterExpression all = Or();
            return scan.AtEnd ? all : throw scan.Error(scan.Position, $"expected AND{(strict ? "" : " or OR")} between two clauses, or the end; found {scan.Found}");
        }

        private FilterExpression Or()
        {
            var operands = new List<FilterExpression> { And() };
            while (Beyond("OR"))
            {
                operands.Add(And());
            }

            return Join(operands, 0, operands.Count, static (left, right) => new FilterExpression.Or(left, right));
        }

        private FilterExpression And()
        {
            var operands = new List<FilterExpression> { Operand() };
            while (scan.TryKeyword("AND"))
            {
                operands.Add(Operand());
            }

            return Join(operands, 0, operands.Count, static (left, right) => new FilterExpression.And(left, right));
        }

        private FilterExpression Operand()
        {
            int start = Start();
            if (Beyond("NOT"))
            {
                Deeper(start);
                FilterExpression operand = Operand();
                _depth--;
                return new FilterExpression.Not(operand);
            }

            if (!scan.TryMark('('))
            {
                return Comparison();
            }

            if (strict)
            {
                throw NotMlflow(start, "a parenthesis");
            }

            Deeper(start);
            FilterExpression inner = Or();
            _depth--;
            return scan.TryMark(')') ? inner : throw scan.Error(scan.Position, $"expected AND, OR or the ')' that closes the '(' of column {Column(start)}; found {scan.Found}");
        }

        private FilterExpression Comparison()
        {
            int start = Start();
            FieldReader.Field field = FieldReader.Read(scan, target, strict);
            int at = Start();
            if (scan.TryOperator() is { } sign)
            {
                return field.IsNumber ? Number(field, sign, at) : Text(field, sign, at);
            }

            if (scan.TryKeyword("IS"))
            {
                bool not = scan.TryKeyword("NOT");
                return !scan.TryKeyword("NULL") ? throw scan.Error(scan.Position, $"expected NULL{(not ? "" : " or NOT NULL")} after IS; found {scan.Found}")
                    : strict ? throw NotMlflow(at, "IS NULL")
                    : not ? new FilterExpression.Not(new FilterExpression.IsNull(field.Of)) : new FilterExpression.IsNull(field.Of);
            }

            bool negated = scan.TryKeyword("NOT");
            if (scan.TryKeyword("IN"))
            {
                return List(field, negated, at);
            }

            FilterOperator? like = scan.TryKeyword("LIKE") ? FilterOperator.Like : scan.TryKeyword("ILIKE") ? FilterOperator.ILike : null;
            if (like is not { } pattern)
            {
                throw scan.Error(Start(), $"expected an operator after {field.Name} (column {Column(start)}): {Allowed(field)}; found {scan.Found}");
            }

            if (field.IsNumber)
            {
                throw WrongOperator(field, scan.TryText() is null ? "LIKE" : "LIKE with a text", at);
            }

            var match = new FilterExpression.Text(field.Of, pattern, TextValue(field, pattern == FilterOperator.Like ? "LIKE" : "ILIKE"));
            return !negated ? match
                : strict ? throw NotMlflow(at, "NOT LIKE")
                : new FilterExpression.And(new FilterExpression.Not(new FilterExpression.IsNull(field.Of)), new FilterExpression.Not(match));
        }

        private FilterExpression.Number Number(in FieldReader.Field field, string sign, int at)
        {
            FilterOperator comparison = sign switch
            {
                "=" => FilterOperator.Equal,
                "!=" => FilterOperator.NotEqual,
                "<" => FilterOperator.Less,
                "<=" => FilterOperator.LessOrEqual,
                ">" => FilterOperator.Greater,
                ">=" => FilterOperator.GreaterOrEqual,
                _ => throw WrongOperator(field, sign, at),
            };
            int start = Start();
            return scan.TryNumber(out bool isWhole) is not { } value ? throw scan.Error(start, $"expected a number after '{sign}' (Expected numeric value type for {field.Kind}), without quotes; found {scan.Found}")
                : strict && !isWhole && field.Of.Kind == FieldKind.Attribute ? throw scan.Error(start, $"expected a whole number, as {field.Name} is one")
                : new FilterExpression.Number(field.Of, comparison, value);
        }

        private FilterExpression Text(in FieldReader.Field field, string sign, int at)
        {
            FilterOperator comparison = sign switch
            {
                "=" => FilterOperator.Equal,
                "!=" => FilterOperator.NotEqual,
                _ => throw WrongOperator(field, sign, at),
            };
            string value = TextValue(field, sign);
            var match = new FilterExpression.Text(field.Of, comparison, value);
            bool isPrompt = target is FilterTarget.Models or FilterTarget.Versions && field.Of is { Kind: FieldKind.Tag, Key: PromptTag };
            return isPrompt && (comparison, value) is (FilterOperator.Equal, "false") or (FilterOperator.NotEqual, "true")
                ? new FilterExpression.Or(new FilterExpression.IsNull(field.Of), match)
                : match;
        }

        private string TextValue(in FieldReader.Field field, string after)
        {
            int start = Start();
            return scan.TryText() ?? throw scan.Error(start, $"expected a quoted string value after '{after}', such as 'my-value', as {field.Kind} is a text; found {scan.Found}");
        }

        private FilterExpression List(in FieldReader.Field field, bool negated, int at)
        {
            bool mlflowHasIt = field.Of is { Kind: FieldKind.Dataset } or { Kind: FieldKind.Attribute, Key: "run_id" } && !(negated && target == FilterTarget.Versions);
            if (field.IsNumber)
            {
                throw WrongOperator(field, "IN", at);
            }

            if (strict && !mlflowHasIt)
            {
                throw scan.Error(at, $"Only the 'run_id' attribute and dataset names, digests and contexts support comparison with a list of quoted string values in MLflow, not {field.Name}");
            }

            if (!scan.TryMark('('))
            {
                throw scan.Error(scan.Position, $"expected a list such as ('a', 'b') after IN; found {scan.Found}");
            }

            var values = new List<string>();
            do
            {
                int start = Start();
                values.Add(scan.TryText() ?? throw scan.Error(start, $"expected a quoted string value in the list, which must not be empty; found {scan.Found}"));
            }
            while (scan.TryMark(','));
            return !scan.TryMark(')') ? throw scan.Error(scan.Position, $"expected ',' or ')' in the list; found {scan.Found}")
                : negated ? new FilterExpression.NotIn(field.Of, values)
                : new FilterExpression.In(field.Of, values);
        }

        /// <summary>Takes a keyword that MLflow's grammar lacks, if it comes next.</summary>
        private bool Beyond(string keyword)
        {
            int start = Start();
            return scan.TryKeyword(keyword) && (strict ? throw NotMlflow(start, keyword) : true);
        }

        private void Deeper(int start)
        {
            if (++_depth > MostNested)
            {
                throw scan.Error(start, string.Create(CultureInfo.InvariantCulture, $"parentheses and NOT are nested more than {MostNested} deep"));
            }
        }

        private int Start()
        {
            _ = scan.AtEnd; // skips spaces
            return scan.Position;
        }

        private TrackingException NotMlflow(int position, string what) => scan.Error(position, $"{what} is not in MLflow's grammar, and only that is allowed here (clauses joined by AND)");

        private TrackingException WrongOperator(in FieldReader.Field field, string sign, int position) =>
            scan.Error(position, $"Invalid comparator '{sign}': {field.Kind} {(field.IsNumber ? "is a number" : "is a text")}; for it there are {Allowed(field)}");

        private static string Allowed(in FieldReader.Field field) => field.IsNumber ? "= != < <= > >=" : "= != LIKE ILIKE";

        private static string Column(int position) => (position + 1).ToString(CultureInfo.InvariantCulture);

        private static FilterExpression Join(List<FilterExpression> operands, int start, int count, Func<FilterExpression, FilterExpression, FilterExpression> join) => count == 1
            ? operands[start]
            : join(Join(operands, start, count / 2, join), Join(operands, start + (count / 2), count - (count / 2), join));
    }
}
