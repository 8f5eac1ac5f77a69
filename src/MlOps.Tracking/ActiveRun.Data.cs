using System.Globalization;
using System.Text.Json;
using MlOps.Data;
using MlOps.Tracking.Capture;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking;

public sealed partial class ActiveRun
{
    private const int RowsForSchema = 1000;

    /// <summary>Notes a data set that the run uses: which file or folder, and exactly which content.</summary>
    /// <remarks>
    /// The digest is the first 32 digits of the SHA-256 of the file (of a folder: of its files' names and SHA-256), for MLflow keeps 36 characters; the source has all 64. Of a CSV file the columns are noted, with the
    /// types of the first 1,000 rows.
    /// </remarks>
    /// <param name="name">What to call it.</param>
    /// <param name="path">A file or a folder.</param>
    /// <param name="context">What it is used for: <c>training</c>, <c>evaluation</c>, …</param>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    /// <exception cref="TrackingException">The store refused or is away.</exception>
    public void Data(string name, string path, string context = "training")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ContentDigest digest = ContentDigest.OfPath(path);
        LogData(new Dataset(name, digest.Short, "local", SourceJson(path, digest), SchemaOf(path), $"{{\"num_bytes\": {digest.Bytes.ToString(CultureInfo.InvariantCulture)}}}"), context);
    }

    /// <summary>Notes a data set that the run uses, as it is in memory.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="table">Its rows. The digest is that of the table written as CSV (<see cref="Table.WriteCsv(Stream)"/>), so it does not depend on where the rows came from.</param>
    /// <param name="context">What it is used for: <c>training</c>, <c>evaluation</c>, …</param>
    /// <param name="source">Where it comes from, in your words; null if nowhere else.</param>
    public void Data(string name, Table table, string context = "training", string? source = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ContentDigest digest = ContentDigest.OfTable(table);
        string profile = string.Create(CultureInfo.InvariantCulture, $"{{\"num_rows\": {table.RowCount}, \"num_elements\": {(long)table.RowCount * table.Columns.Count}}}");
        string json = JsonSerializer.Serialize(new Dictionary<string, string> { ["description"] = source ?? "a table in memory", ["sha256"] = digest.Sha256 });
        LogData(new Dataset(name, digest.Short, "code", json, Schema(table), profile), context);
    }

    private static string SourceJson(string path, ContentDigest digest) => JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["uri"] = Path.GetFullPath(path),
        ["path"] = path,
        ["sha256"] = digest.Sha256,
    });

    private static string? SchemaOf(string path)
    {
        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return Table.ReadCsvInParts(path, RowsForSchema).FirstOrDefault() is { } part ? Schema(part) : null;
        }
        catch (CsvException)
        {
            return null; // its name says CSV and its content does not: it can be used all the same
        }
    }

    private static string Schema(Table table) => $"{{\"mlflow_colspec\": {ModelSignature.Of(table).InputsJson}}}";

    private void LogData(Dataset dataset, string context)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataset.Name, "name");
        ThrowIfEnded();
        _store.LogInputs(Id, [new DatasetInput(dataset, [new Tag("mlflow.data.context", context)])]);
    }
}
