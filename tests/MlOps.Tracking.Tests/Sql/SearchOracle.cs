using FsCheck;
using FsCheck.Fluent;
using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Sql;

/// <summary>Random filters and orders over random runs: the store must find what going through all runs in memory finds.</summary>
internal static class SearchOracle
{
    private static readonly double[] s_values = [-1.5, -0.0, 0, 0.5, 0.9, 1, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    private static readonly string[] s_texts = ["", "a", "A", "b", "ab", "a%b", "a_b", "aé", "AÉ", "😀", "é", "it's"];

    private static readonly Gen<string> s_quoted = Gen.Elements(s_texts).Select(text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'");

    private static readonly Gen<string> s_clause = Gen.OneOf(
        from key in Gen.Elements("acc", "loss", "nobody")
        from comparison in Gen.Elements("=", "!=", "<", "<=", ">", ">=")
        from value in Gen.Elements("0", "-1.5", "0.5", "0.9", "1", "1e300", "-7", "1e308")
        select $"metrics.{key} {comparison} {value}",
        from comparison in Gen.Elements("=", "!=", "<", "<=", ">", ">=")
        from field in Gen.Elements("start_time", "end_time")
        from value in Gen.Elements("1000", "1003", "1003.5", "-1", "1e30", "-1e30", "1010")
        select $"{field} {comparison} {value}",
        from field in Gen.Elements("params.p", "params.q", "tags.t", "run_name", "user_id", "dataset.name", "dataset.digest", "dataset.context")
        from comparison in Gen.Elements("=", "!=", "LIKE", "ILIKE", "NOT LIKE")
        from value in Gen.OneOf(s_quoted, Gen.Elements("'%'", "'a%'", "'_'", "'%b'", "'É'", "'%é'"))
        select $"{field} {comparison} {value}",
        from field in Gen.Elements("params.p", "tags.t", "status", "dataset.name", "run_name")
        from not in Gen.Elements("", "NOT ")
        from one in s_quoted
        from two in Gen.Elements("'FAILED'", "'RUNNING'", "'a'")
        select $"{field} {not}IN ({one}, {two})",
        from field in Gen.Elements("metrics.acc", "metrics.nobody", "params.q", "tags.t", "end_time", "run_name", "dataset.context")
        from not in Gen.Elements("", "NOT ")
        select $"{field} IS {not}NULL",
        from comparison in Gen.Elements("=", "!=", "LIKE", "ILIKE")
        from value in Gen.Elements("'RUNNING'", "'FINISHED'", "'f%'", "'%L%'")
        select $"status {comparison} {value}");

    private static readonly Gen<string> s_order =
        from field in Gen.Elements("metrics.acc", "metrics.loss", "metrics.nobody", "params.p", "tags.t", "start_time", "end_time", "run_name", "status", "user_id")
        from way in Gen.Elements("", " ASC", " DESC")
        select field + way;

    private static readonly Gen<RunQuery> s_queries =
        from filter in Gen.Frequency((1, Gen.Constant("")), (6, Filter(3)))
        from orders in Gen.Choose(0, 3)
        from order in s_order.ListOf(orders)
        from view in Gen.Elements(ViewType.ActiveOnly, ViewType.DeletedOnly, ViewType.All)
        from experiments in Gen.Elements<string[]>(["1"], ["2"], ["1", "2"], ["2", "1", "77"])
        from length in Gen.Elements(1, 3, 1000)
        select new RunQuery(experiments) { Filter = filter, OrderBy = [.. order], View = view, MaxResults = length };

    /// <summary>Fills a new store, whose first experiments are 1 and 2.</summary>
    internal static void Fill(ITrackingStore store)
    {
        var random = new Random(11);
        string[] experiments = [store.CreateExperiment("one"), store.CreateExperiment("two")];
        Assert.Equal(["1", "2"], experiments);
        for (int i = 0; i < 60; i++)
        {
            string run = store.CreateRun(new NewRun(experiments[i % 3 / 2]) { Name = Text(), UserId = Text(), StartTime = 1000 + random.Next(8) }).Info.RunId;
            store.LogBatch(
                run,
                [.. Maybe(() => new Metric("acc", s_values[random.Next(s_values.Length)], 1, 1)), .. Maybe(() => new Metric("acc", 0.5, 1, 0)), .. Maybe(() => new Metric("loss", random.Next(3), 1))],
                [.. Maybe(() => new Param("p", Text())), .. Maybe(() => new Param("q", Text()))],
                [.. Maybe(() => new Tag("t", Text()))]);
            store.LogInputs(run, [.. Maybe(() => new DatasetInput(new Dataset(Text(), "d" + random.Next(3), "local", ""), [.. Maybe(() => new Tag("mlflow.data.context", Text()))])), .. Maybe(() => new DatasetInput(new Dataset("b", "d9", "local", ""), []))]);
            if (random.Next(2) == 0)
            {
                store.UpdateRun(run, (RunStatus)random.Next(2, 6), 1000 + random.Next(20));
            }

            if (random.Next(5) == 0)
            {
                store.DeleteRun(run);
            }
        }

        IEnumerable<T> Maybe<T>(Func<T> make) => random.Next(3) > 0 ? [make()] : [];
        string Text() => s_texts[random.Next(s_texts.Length)];
    }

    internal static void Check(ITrackingStore store, int queries)
    {
        IReadOnlyList<Run> all = store.SearchRuns(new RunQuery(["1", "2"]) { View = ViewType.All }).Items;
        Assert.Equal(60, all.Count);
        Prop.ForAll(s_queries.ToArbitrary(), query =>
        {
            Func<Run, bool> matches = FilterEvaluator.OfRuns(FilterParser.Parse(query.Filter, FilterTarget.Runs, strict: false));
            List<Run> expected = [.. all.Where(run => query.ExperimentIds.Contains(run.Info.ExperimentId)
                && (query.View == ViewType.All || (run.Info.Stage == LifecycleStage.Deleted) == (query.View == ViewType.DeletedOnly)) && matches(run))];
            expected.Sort(OrderComparer.OfRuns(OrderParser.Parse(query.OrderBy, FilterTarget.Runs)));
            Assert.Equal(expected.Select(run => run.Info), Pages(store, query).Select(run => run.Info));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(queries));
    }

    private static Gen<string> Filter(int depth) => depth == 0 ? s_clause : Gen.Frequency(
        (3, s_clause),
        (2, from left in Filter(depth - 1) from joint in Gen.Elements("AND", "OR") from right in Filter(depth - 1) select $"({left}) {joint} ({right})"),
        (1, from operand in Filter(depth - 1) select $"NOT ({operand})"));

    private static IEnumerable<Run> Pages(ITrackingStore store, RunQuery query)
    {
        string? token = null;
        do
        {
            Page<Run> page = store.SearchRuns(query with { PageToken = token });
            foreach (Run run in page.Items)
            {
                yield return run;
            }

            token = page.NextPageToken;
        }
        while (token is not null);
    }
}
