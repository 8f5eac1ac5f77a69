using System.Globalization;

namespace MlOps.Drift.Reporting;

/// <summary>The cells of a shown report, shared by its text and its HTML.</summary>
internal static class ReportTable
{
    /// <summary>Columns of the table that hold words; the others hold numbers and are aligned to the right.</summary>
    internal const int WordColumns = 3;

    private static readonly string[] Distances = ["wasserstein", "jensen-shannon", "kl"];

    internal static string[] Header(DriftReport report) =>
        ["column", "type", "level", "psi", "p-value", .. Shown(report), .. HasMissing(report) ? ["missing"] : Array.Empty<string>()];

    internal static string[] Row(DriftReport report, ColumnDrift column) =>
    [
        column.Name,
        column.Type == DriftColumnType.Numeric ? "numeric" : "categorical",
        Level(column.Level),
        Number(Find(column, "psi")?.Statistic),
        PValue((Find(column, "ks") ?? Find(column, "chi2"))?.PValue),
        .. Shown(report).Select(name => Number(Find(column, name)?.Statistic)),
        .. HasMissing(report) ? [Missing(report, column)] : Array.Empty<string>(),
    ];

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
        string test = options.Has(DriftTests.KolmogorovSmirnov | DriftTests.ChiSquare)
            ? string.Create(CultureInfo.InvariantCulture, $"p below {options.Alpha:0.####} {Name(options.Correction)}")
            : "PSI above its chance threshold";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Drift: PSI at least {options.PsiModerate:0.####} (significant: {options.PsiSignificant:0.####}) and {test}.");
    }

    private static string Name(Correction correction) => correction switch
    {
        Correction.None => "without a correction for many columns",
        Correction.BenjaminiHochberg => "after Benjamini–Hochberg correction",
        _ => $"after {correction} correction",
    };

    private static bool HasMissing(DriftReport report) => report.Columns.Any(column => column.Missing.Reference + column.Missing.Current > 0);

    private static IEnumerable<string> Shown(DriftReport report) =>
        Distances.Where(name => report.Columns.Any(column => Find(column, name) is not null));

    private static DriftTestResult? Find(ColumnDrift column, string test) => column.Tests.FirstOrDefault(t => t.Name == test);

    private static string Number(double? value) => value switch
    {
        null => "",
        0 => "0",
        { } number when Math.Abs(number) is >= 0.001 and < 1e6 => number.ToString(Math.Abs(number) < 10 ? "0.0000" : "0.00", CultureInfo.InvariantCulture),
        { } number => number.ToString("0.0e+0", CultureInfo.InvariantCulture),
    };

    private static string PValue(double? p) => p switch
    {
        null => "",
        < 0.0001 => "< 0.0001",
        { } number => number.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    private static string Missing(DriftReport report, ColumnDrift column)
    {
        (int before, int now) = (column.Missing.Reference, column.Missing.Current);
        return before + now == 0 ? "" : $"{Percent(before, report.Rows.Reference)} → {Percent(now, report.Rows.Current)}";
    }

    private static string Percent(int part, int whole) => (100.0 * part / whole).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
