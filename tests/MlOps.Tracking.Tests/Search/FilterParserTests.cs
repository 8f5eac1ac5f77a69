using FsCheck;
using FsCheck.Fluent;
using MlOps.Tracking.Search;

namespace MlOps.Tracking.Tests.Search;

/// <summary>The grammar is that of MLflow's documentation; what MLflow refuses was tried on its parser (search_utils of 2.17 and 3.11).</summary>
public sealed class FilterParserTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void Parse_Blank_IsNoCondition(string? text) => Assert.Null(FilterParser.Parse(text, FilterTarget.Runs, strict: true));

    [Theory]
    [InlineData("metrics.acc > 0.9", FieldKind.Metric, "acc", FilterOperator.Greater, 0.9)]
    [InlineData("metric.acc>=1e-3", FieldKind.Metric, "acc", FilterOperator.GreaterOrEqual, 1e-3)]
    [InlineData("metrics.`val/acc at 5` < -5", FieldKind.Metric, "val/acc at 5", FilterOperator.Less, -5.0)]
    [InlineData("metrics.\"a b\" <= .5", FieldKind.Metric, "a b", FilterOperator.LessOrEqual, 0.5)]
    [InlineData("`metrics`.acc != 7.", FieldKind.Metric, "acc", FilterOperator.NotEqual, 7.0)]
    [InlineData("metrics.a.b.c = 1E3", FieldKind.Metric, "a.b.c", FilterOperator.Equal, 1000.0)]
    [InlineData("start_time > 1700000000000", FieldKind.Attribute, "start_time", FilterOperator.Greater, 1.7e12)]
    [InlineData("attributes.end_time = 0", FieldKind.Attribute, "end_time", FilterOperator.Equal, 0.0)]
    [InlineData("attr.created < 5", FieldKind.Attribute, "start_time", FilterOperator.Less, 5.0)]
    [InlineData("Created < 5", FieldKind.Attribute, "start_time", FilterOperator.Less, 5.0)]
    public void Parse_Number_IsRead(string text, object kind, string key, object comparison, double value)
    {
        var expected = new FilterExpression.Number(new FilterField((FieldKind)kind, key), (FilterOperator)comparison, value);
        Assert.Equal(expected, Strict(text));
        if (!text.Contains("1.7e12", StringComparison.Ordinal))
        {
            Assert.Equal(expected, Free(text));
        }
    }

    [Theory]
    [InlineData("params.model = \"boosting\"", FieldKind.Param, "model", FilterOperator.Equal, "boosting")]
    [InlineData("parameters.lr != '0.1'", FieldKind.Param, "lr", FilterOperator.NotEqual, "0.1")]
    [InlineData("param.x like '%a_'", FieldKind.Param, "x", FilterOperator.Like, "%a_")]
    [InlineData("parameter.x iLike 'A'", FieldKind.Param, "x", FilterOperator.ILike, "A")]
    [InlineData("tags.mlflow.source.name = 'train.py'", FieldKind.Tag, "mlflow.source.name", FilterOperator.Equal, "train.py")]
    [InlineData("tag.`mlflow.parentRunId` = 'x'", FieldKind.Tag, "mlflow.parentRunId", FilterOperator.Equal, "x")]
    [InlineData("run.status = 'FINISHED'", FieldKind.Attribute, "status", FilterOperator.Equal, "FINISHED")]
    [InlineData("run_name = 'it''s'", FieldKind.Attribute, "run_name", FilterOperator.Equal, "it's")]
    [InlineData("\"Run Name\" LIKE \"a 'b'\"", FieldKind.Attribute, "run_name", FilterOperator.Like, "a 'b'")]
    [InlineData("attributes.`Run name` = ''", FieldKind.Attribute, "run_name", FilterOperator.Equal, "")]
    [InlineData("dataset.context = 'training'", FieldKind.Dataset, "context", FilterOperator.Equal, "training")]
    [InlineData("datasets.digest ILIKE 'ab%'", FieldKind.Dataset, "digest", FilterOperator.ILike, "ab%")]
    [InlineData("params.path = 'C:\\'", FieldKind.Param, "path", FilterOperator.Equal, "C:\\")]
    [InlineData("params.q = 'x''; DROP TABLE runs; --'", FieldKind.Param, "q", FilterOperator.Equal, "x'; DROP TABLE runs; --")]
    public void Parse_Text_IsRead(string text, object kind, string key, object comparison, string value)
    {
        var expected = new FilterExpression.Text(new FilterField((FieldKind)kind, key), (FilterOperator)comparison, value);
        Assert.Equal(expected, Strict(text));
        Assert.Equal(expected, Free(text));
    }

    [Fact]
    public void Parse_List_IsRead()
    {
        var list = Assert.IsType<FilterExpression.In>(Strict("attributes.run_id IN ('a', \"b\",'c')"));
        Assert.Equal((new FilterField(FieldKind.Attribute, "run_id"), "a b c"), (list.Field, string.Join(' ', list.Values)));
        var not = Assert.IsType<FilterExpression.NotIn>(Strict("dataset.name not in ('iris')"));
        Assert.Equal((new FilterField(FieldKind.Dataset, "name"), "iris"), (not.Field, string.Join(' ', not.Values)));
    }

    // MLflow: only run_id and data sets take a list.
    [Fact]
    public void Parse_ListOfAnotherText_IsOnlyRefusedInStrictMode()
    {
        Assert.IsType<FilterExpression.In>(Free("status IN ('FAILED', 'KILLED')"));
        Assert.Contains("column 8", Refused("status IN ('FAILED', 'KILLED')", strict: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AndBindsTighterThanOr_AndNotTightest()
    {
        FilterExpression a = Free("params.a = '1'")!;
        FilterExpression b = Free("params.b = '1'")!;
        FilterExpression c = Free("params.c = '1'")!;
        Assert.Equal(new FilterExpression.Or(a, new FilterExpression.And(b, c)), Free("params.a = '1' OR params.b = '1' and params.c = '1'"));
        Assert.Equal(new FilterExpression.And(new FilterExpression.Or(a, b), c), Free("(params.a = '1' or params.b = '1') AND params.c = '1'"));
        Assert.Equal(new FilterExpression.And(new FilterExpression.Not(a), b), Free("not params.a = '1' and params.b = '1'"));
        Assert.Equal(new FilterExpression.Not(new FilterExpression.Or(a, b)), Free("NOT(params.a = '1' or params.b = '1')"));
    }

    [Fact]
    public void Parse_IsNull_IsRead()
    {
        var field = new FilterField(FieldKind.Tag, "team");
        Assert.Equal(new FilterExpression.IsNull(field), Free("tags.team IS NULL"));
        Assert.Equal(new FilterExpression.Not(new FilterExpression.IsNull(field)), Free("tags.team is not null"));
    }

    [Fact]
    public void Parse_NotLike_NeedsTheField()
    {
        var field = new FilterField(FieldKind.Tag, "team");
        Assert.Equal(
            new FilterExpression.And(new FilterExpression.Not(new FilterExpression.IsNull(field)), new FilterExpression.Not(new FilterExpression.Text(field, FilterOperator.Like, "a%"))),
            Free("tags.team NOT LIKE 'a%'"));
    }

    [Theory]
    [InlineData("params.a = '1' OR params.b = '1'", 16, "OR")]
    [InlineData("NOT params.a = '1'", 1, "NOT")]
    [InlineData("(params.a = '1')", 1, "parenthesis")]
    [InlineData("params.a IS NULL", 10, "IS NULL")]
    [InlineData("params.a NOT LIKE 'x'", 10, "NOT LIKE")]
    public void Parse_WhatMlflowLacks_IsRefusedInStrictModeOnly(string text, int column, string what)
    {
        Assert.NotNull(Free(text));
        string message = Refused(text, strict: true);
        Assert.Contains($"column {column}: ", message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Contains("not in MLflow's grammar", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metrics.acc > ", 15, "expected a number after '>'")]
    [InlineData("metrics.acc > 'high'", 15, "found '''")]
    [InlineData("metrics.acc > high", 15, "found 'high'")]
    [InlineData("metrics.acc > NaN", 15, "found 'NaN'")]
    [InlineData("metrics.acc > 1e999", 15, "greater than any double")]
    [InlineData("metrics.acc > 12abc", 15, "expected a number")]
    [InlineData("metrics.acc LIKE 'a'", 13, "a metric is a number")]
    [InlineData("metrics.acc == 1", 13, "Invalid comparator '=='")]
    [InlineData("params.x > 3", 10, "= != LIKE ILIKE")]
    [InlineData("params.x = 3", 12, "quoted string value")]
    [InlineData("params.x = boosting", 12, "found 'boosting'")]
    [InlineData("params.x <> 'a'", 10, "Invalid comparator '<>'")]
    [InlineData("params.x = 'open", 12, "never closed")]
    [InlineData("params.x", 9, "expected an operator")]
    [InlineData("params. = 'a'", 8, "expected a key")]
    [InlineData("metrics.a = 1 metrics.b = 2", 15, "expected AND")]
    [InlineData("metrics.a = 1 AND", 18, "found the end")]
    [InlineData("metrics.a = 1;", 14, "found ';'")]
    [InlineData("AND metrics.a = 1", 1, "Invalid attribute key 'AND'")]
    [InlineData("Metrics.a = 1", 1, "Invalid entity type 'Metrics'")]
    [InlineData("mlflow.user = 'me'", 1, "tags.mlflow")]
    [InlineData("nme = 'a'", 1, "Invalid attribute key 'nme'")]
    [InlineData("dataset.size = '1'", 9, "name, digest, context")]
    [InlineData("run_id IN ()", 12, "must not be empty")]
    [InlineData("run_id IN ('a' 'b')", 16, "expected ',' or ')'")]
    [InlineData("run_id IN 'a'", 11, "expected a list")]
    [InlineData("= 3", 1, "expected a field")]
    public void Parse_Wrong_SaysWhereAndWhatWasExpected(string text, int column, string expected)
    {
        foreach (bool strict in (bool[])[true, false])
        {
            string message = Refused(text, strict);
            Assert.Contains(expected, message, StringComparison.Ordinal);
            Assert.Contains($"column {column}: ", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("(metrics.a = 1", "')'")]
    [InlineData("metrics.a = 1)", "found ')'")]
    [InlineData("metrics.a IS 1", "NULL or NOT NULL")]
    public void Parse_WrongBeyondMlflow_SaysWhatWasExpected(string text, string expected) => Assert.Contains(expected, Refused(text, strict: false), StringComparison.Ordinal);

    [Fact]
    public void Parse_KeyWithSlashAndDash_NeedsQuotesInStrictMode()
    {
        Assert.Equal(new FilterExpression.Number(new FilterField(FieldKind.Metric, "val/top-5"), FilterOperator.Greater, -1), Free("metrics.val/top-5>-1"));
        Refused("metrics.val/top-5>-1", strict: true);
    }

    // In MLflow run_name is a text and start_time an int.
    [Fact]
    public void Parse_TimeWithFraction_IsRefusedInStrictMode()
    {
        Assert.NotNull(Free("start_time > 1.7e12"));
        Assert.Contains("whole number", Refused("start_time > 1.7e12", strict: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name LIKE 'credit%'", FilterTarget.Experiments)]
    [InlineData("creation_time > 5 AND last_update_time <= 7", FilterTarget.Experiments)]
    [InlineData("tags.team = 'risk' AND attribute.name != 'x'", FilterTarget.Experiments)]
    [InlineData("name ILIKE '%a%'", FilterTarget.Models)]
    [InlineData("tag.stage = 'x'", FilterTarget.Models)]
    [InlineData("name = 'm' AND run_id IN ('a') AND source_path LIKE 'file:%' AND version_number >= 2 AND tags.`a b` != 'c'", FilterTarget.Versions)]
    public void Parse_OtherTargets_HaveTheirFields(string text, object target) => Assert.NotNull(FilterParser.Parse(text, (FilterTarget)target, strict: true));

    [Theory]
    [InlineData("metrics.a > 1", FilterTarget.Experiments)]
    [InlineData("params.a = '1'", FilterTarget.Models)]
    [InlineData("attributes.name = 'a'", FilterTarget.Experiments)] // MLflow: attribute, tag, tags
    [InlineData("status = 'RUNNING'", FilterTarget.Experiments)]
    [InlineData("experiment_id = '1'", FilterTarget.Experiments)]
    [InlineData("version_number = '2'", FilterTarget.Versions)]
    [InlineData("run_id NOT IN ('a')", FilterTarget.Versions)]
    [InlineData("name = 5", FilterTarget.Models)]
    public void Parse_OtherTargets_RefuseWhatIsNotTheirs(string text, object target) =>
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => FilterParser.Parse(text, (FilterTarget)target, strict: true)).Error);

    // MLflow 3's client adds the first of these to each search and expects ordinary models back.
    [Theory]
    [InlineData("tag.`mlflow.prompt.is_prompt` != 'true'", true)]
    [InlineData("tags.`mlflow.prompt.is_prompt` = 'false'", true)]
    [InlineData("tags.`mlflow.prompt.is_prompt` = 'true'", false)]
    public void Parse_PromptTagOfModels_CountsAsFalseWhereItIsNotSet(string text, bool orMissing)
    {
        Assert.Equal(orMissing, FilterParser.Parse(text, FilterTarget.Models, strict: true) is FilterExpression.Or(FilterExpression.IsNull, FilterExpression.Text));
        Assert.Equal(orMissing, FilterParser.Parse(text, FilterTarget.Versions, strict: true) is FilterExpression.Or);
        Assert.IsType<FilterExpression.Text>(FilterParser.Parse(text, FilterTarget.Runs, strict: true));
    }

    [Fact]
    public void Parse_NestedTooDeep_IsRefusedWithoutExhaustingTheStack()
    {
        Assert.Contains("nested more than", Refused(new string('(', 10_000) + "metrics.a = 1" + new string(')', 10_000), strict: false), StringComparison.Ordinal);
        Assert.Contains("nested more than", Refused(string.Concat(Enumerable.Repeat("NOT ", 100_000)) + "metrics.a = 1", strict: false), StringComparison.Ordinal);
        Assert.NotNull(Free(new string('(', FilterParser.MostNested) + "metrics.a = 1" + new string(')', FilterParser.MostNested)));
    }

    [Theory]
    [InlineData("AND")]
    [InlineData("OR")]
    public void Parse_AVeryLongChain_IsABalancedTree(string joint)
    {
        const int n = 100_000;
        FilterExpression all = Free(string.Join($" {joint} ", Enumerable.Repeat("params.a = 'x'", n)))!;
        Assert.Equal(17, Depth(all)); // ⌈log₂ 100,000⌉

        static int Depth(FilterExpression of) => of switch
        {
            FilterExpression.And(var left, var right) => 1 + Math.Max(Depth(left), Depth(right)),
            FilterExpression.Or(var left, var right) => 1 + Math.Max(Depth(left), Depth(right)),
            _ => 0,
        };
    }

    [Fact]
    public void Parse_AnyText_EitherReadsOrRefuses() => Prop.ForAll<string>(ArbMap.Default.ArbFor<string>(), text =>
    {
        try
        {
            FilterParser.Parse("metrics." + text, FilterTarget.Runs, strict: false);
        }
        catch (TrackingException e)
        {
            Assert.Equal(TrackingError.InvalidParameterValue, e.Error);
        }
    }).QuickCheckThrowOnFailure();

    private static FilterExpression? Strict(string text) => FilterParser.Parse(text, FilterTarget.Runs, strict: true);

    private static FilterExpression? Free(string text) => FilterParser.Parse(text, FilterTarget.Runs, strict: false);

    private static string Refused(string text, bool strict)
    {
        var refusal = Assert.Throws<TrackingException>(() => FilterParser.Parse(text, FilterTarget.Runs, strict));
        Assert.Equal(TrackingError.InvalidParameterValue, refusal.Error);
        return refusal.Message;
    }
}
