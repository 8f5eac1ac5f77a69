using System.Globalization;

namespace MlOps.Drift.Reporting;

/// <summary>The cells of a shown report, shared by its text and its HTML.</summary>
internal static class ReportTable
{
    /// <summary>Columns of the table that hold words; the others hold numbers and are aligned to the right.</summary>
    internal const int WordColumns = 3;

    private static readonly string[] Distances = ["wasserstein", "jensen-shannon", "kl"];

    internal static string[] Header(DriftReport report) =>
    [
        "column", "type", "level", "psi", "by chance", "p-value", "effect", .. Shown(report),
        .. Has(report, column => column.Missing) ? ["missing"] : Array.Empty<string>(),
        .. Has(report, column => column.Infinite) ? ["infinite"] : Array.Empty<string>(),
    ];

    internal static string[] Row(DriftReport report, ColumnDrift column) =>
    [
        column.Name,
        Type(column),
        Level(column.Level),
        Number(Find(column, "psi")?.Statistic),
        Number(column.PsiChanceThreshold),
        PValue(Decider(column)?.PValue),
        Effect(Decider(column)?.EffectSize),
        .. Shown(report).Select(name => Number(Find(column, name)?.Statistic)),
        .. Has(report, c => c.Missing) ? [Share(report, column.Missing)] : Array.Empty<string>(),
        .. Has(report, c => c.Infinite) ? [Share(report, column.Infinite)] : Array.Empty<string>(),
    ];

    /// <summary>Every test of a column, one a row, for the page and for tests that have no place in the table of columns.</summary>
    internal static string[] TestHeader { get; } = ["column", "test", "drift", "statistic", "by chance", "p-value", "effect", "drift from"];

    internal static string[] TestRow(ColumnDrift column, DriftTestResult test) =>
    [
        column.Name,
        test.Name,
        test.Drift ? "▲ yes" : "· no",
        Number(test.Statistic),
        Number(test.Chance),
        PValue(test.PValue),
        Effect(test.EffectSize),
        test.PValue is null ? Number(test.Threshold) : $"p < {Number(test.Threshold)}",
    ];

    /// <summary>The tests that the table of columns does not show: those run on request.</summary>
    internal static IEnumerable<string[]> FurtherRows(DriftReport report) =>
        from column in report.Columns
        from test in column.Tests
        where test.Name != "psi" && test != Decider(column) && !Distances.Contains(test.Name)
        select TestRow(column, test);

    internal static string Type(ColumnDrift column) => column.Type == DriftColumnType.Numeric ? "numeric" : "categorical";

    /// <summary>A level by symbol and word, never by colour alone.</summary>
    internal static string Level(DriftLevel level) => level switch
    {
        DriftLevel.Significant => "■ significant",
        DriftLevel.Moderate => "▲ moderate",
        _ => "· none",
    };

    internal static string RowCounts(DriftReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Rows.Reference:N0} reference rows, {report.Rows.Current:N0} current rows");

    /// <summary>How the levels come about, for the line below the table.</summary>
    internal static string Legend(DriftReport report)
    {
        DriftOptions options = report.Options;
        string test = report.Columns.Any(column => Decider(column) is not null)
            ? string.Create(CultureInfo.InvariantCulture, $"p below {options.Alpha:0.####} {Name(options.Correction)}")
            : "PSI above its chance threshold";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Drift: PSI at least {options.PsiModerate:0.####} (significant: {options.PsiSignificant:0.####}) and {test}. By chance: the PSI that 5 % of comparisons exceed at these sizes when nothing has drifted.");
    }

    private static string Name(Correction correction) => correction switch
    {
        Correction.None => "without a correction for many columns",
        Correction.BenjaminiHochberg => "after Benjamini–Hochberg correction",
        _ => $"after {correction} correction",
    };

    private static bool Has(DriftReport report, Func<ColumnDrift, RowCounts> counts) => report.Columns.Any(column => counts(column) != default);

    private static IEnumerable<string> Shown(DriftReport report) =>
        Distances.Where(name => report.Columns.Any(column => Find(column, name) is not null));

    private static DriftTestResult? Decider(ColumnDrift column) => column.Tests.FirstOrDefault(test => test.Name == column.DecidingTest);

    private static DriftTestResult? Find(ColumnDrift column, string test) => column.Tests.FirstOrDefault(t => t.Name == test);

    internal static string Number(double? value) => value switch
    {
        null => "",
        0 => "0",
        { } number when Math.Abs(number) is >= 0.001 and < 1e9 => number.ToString(Format(Math.Abs(number)), CultureInfo.InvariantCulture),
        double.PositiveInfinity => "∞",
        { } number => number.ToString("0.0e+0", CultureInfo.InvariantCulture),
    };

    internal static string Effect(EffectSize? effect) => effect is { } known ? $"{known.Name} {Number(known.Value)}" : "";

    private static string Format(double size) => size < 10 ? "0.0000" : size < 1000 ? "0.00" : "#,##0";

    internal static string PValue(double? p) => p switch
    {
        null => "",
        < 0.0001 => "< 0.0001",
        { } number => number.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    private static string Share(DriftReport report, RowCounts counts) =>
        counts == default ? "" : $"{Percent(counts.Reference, report.Rows.Reference)} → {Percent(counts.Current, report.Rows.Current)}";

    private static string Percent(long part, long whole) => (100.0 * part / whole).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
