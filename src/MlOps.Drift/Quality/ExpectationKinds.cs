namespace MlOps.Drift.Quality;

/// <summary>The kinds of rules by the names that files use.</summary>
internal static class ExpectationKinds
{
    private static readonly Dictionary<string, Func<FieldReader, Expectation>> s_kinds = new(StringComparer.Ordinal)
    {
        ["column_exists"] = fields => new ColumnExists(fields.Text("column")),
        ["type"] = fields => new ColumnType(fields.Text("column"), (ExpectedType)fields.OneOf("type", [.. Enum.GetValues<ExpectedType>().Select(ExpectedTypes.Name)])),
        ["column_order"] = fields => new ColumnOrder(fields.Texts("columns"), fields.Flag("others", standard: true)),
        ["not_null"] = fields => new NotNull(fields.Text("column")),
        ["finite"] = fields => new Finite(fields.Text("column")),
        ["range"] = fields => new ValueRange(fields.Text("column"), fields.OptionalNumber("min"), fields.OptionalNumber("max"), fields.Flag("strict")),
        ["allowed_values"] = fields => new AllowedValues(fields.Text("column"), fields.Texts("values")),
        ["pattern"] = fields => new MatchesPattern(fields.Text("column"), fields.Text("pattern")),
        ["length"] = fields => new TextLength(fields.Text("column"), Length(fields, "min"), Length(fields, "max")),
        ["unique"] = fields => fields.Has("columns") ? new Unique(fields.Texts("columns")) : new Unique(fields.Text("column")),
        ["unique_rows"] = _ => new UniqueRows(),
        ["monotonic"] = fields => new Monotonic(fields.Text("column"), fields.Flag("decreasing"), fields.Flag("strict")),
        ["statistic"] = fields => new StatisticBetween(
            fields.Text("column"), (SummaryStatistic)fields.OneOf("statistic", SummaryStatistics.Names), fields.OptionalNumber("min"), fields.OptionalNumber("max"), fields.OptionalNumber("q")),
        ["statistic_near"] = fields => new StatisticNear(
            fields.Text("column"), (SummaryStatistic)fields.OneOf("statistic", SummaryStatistics.Names), fields.Number("reference"), fields.Number("std"), fields.Number("within"), fields.OptionalNumber("q")),
        ["most_common_share"] = fields => new MostCommonShare(fields.Text("column"), fields.Number("max")),
        ["distinct"] = fields => new DistinctCount(fields.Text("column"), fields.OptionalCount("min"), fields.OptionalCount("max")),
        ["row_count"] = fields => new RowCount(fields.OptionalCount("min"), fields.OptionalCount("max")),
        ["fresh"] = fields => new Fresh(fields.Text("column"), fields.OptionalDuration("max_age") ?? throw new ArgumentException("'max_age' is missing."), fields.OptionalText("time_zone")),
        ["not_in_future"] = fields => new NotInFuture(fields.Text("column"), fields.OptionalDuration("clock_skew") ?? TimeSpan.Zero, fields.OptionalText("time_zone")),
        ["time_order"] = fields => new TimeOrder(fields.Text("column"), fields.OptionalDuration("lateness") ?? TimeSpan.Zero, fields.OptionalText("time_zone")),
        ["exists_in"] = fields => new ExistsIn(fields.Text("column"), fields.Text("table"), fields.OptionalText("other_column")),
        ["compare"] = fields => new CompareColumns(fields.Text("column"), (Relation)fields.OneOf("is", Relations.Signs), fields.Text("other")),
    };

    internal static IReadOnlyCollection<string> All => s_kinds.Keys;

    /// <summary>Reads one rule.</summary>
    internal static Expectation Read(FieldReader fields)
    {
        string kind = All.ElementAt(fields.OneOf("expect", [.. All]));
        return fields.Build(Whole, "mostly", "severity", "because");

        Expectation Whole(FieldReader reader)
        {
            Expectation rule = s_kinds[kind](reader);
            if (rule is RowExpectation row && reader.OptionalNumber("mostly") is { } mostly)
            {
                rule = row with { Mostly = mostly };
            }

            return rule with
            {
                Severity = (QualitySeverity)(reader.OptionalOneOf("severity", ["warning", "error"]) ?? (int)QualitySeverity.Error),
                Because = reader.OptionalText("because"),
            };
        }
    }

    private static int? Length(FieldReader fields, string key) => fields.OptionalCount(key) is { } length ? checked((int)Math.Min(length, int.MaxValue)) : null;
}
