using MlOps.Data.Identifiers;
namespace MlOps.Drift.Quality;

/// <summary>What a check has seen of one column.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">The type it has.</param>
/// <param name="Rows">All rows.</param>
/// <param name="Missing">Rows without a value; NaN is one of them.</param>
/// <param name="Infinite">Infinite numbers; values, but none that can be used.</param>
/// <param name="PersonalData">The kind of personal data it holds, by the rules or by its looks; null when none was recognised.</param>
/// <param name="Failed">Rules about this column that failed.</param>
/// <param name="Judged">Rules about this column that passed or failed.</param>
public sealed record ColumnQuality(
    string Name, ExpectedType Type, long Rows, long Missing, long Infinite, PersonalDataKind? PersonalData, int Failed, int Judged);
