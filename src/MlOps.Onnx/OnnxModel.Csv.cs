using System.Globalization;
using MlOps.Data;
using MlOps.Learning;

namespace MlOps.Onnx;

public sealed partial class OnnxModel
{
    // Blocks that are in memory at a time: enough that reading and predicting lose no time between them.
    private const int BlocksPerPart = 64;

    /// <summary>Reads the columns of a CSV file that the model takes, text as text even where it looks like numbers; and the label, if one is named.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">A column with the truth, read so that it can be compared with the model's classes; null for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CsvException">There is no such file or column, or it is no such table.</exception>
    public Table ReadCsv(string path, string? label = null, CancellationToken cancellationToken = default) =>
        Table.ReadCsv(path, Reading(label is null ? [] : [label], label is not null && !ReadAsWritten() ? [label] : []), cancellationToken: cancellationToken);

    /// <summary>Predicts every row of a CSV file of any size in bounded memory, and writes what the model says as another.</summary>
    /// <remarks>
    /// The rows keep their order. Columns: those to keep, then <c>prediction</c> and the scores, as <see cref="Predictions.ToTable"/> has them. A kept column is written as
    /// it was read: as text, or as numbers if the model takes it as such; a missing value is left empty. Rows meet the model in the same blocks as in
    /// <see cref="Predict(Table)"/>, so both say the same. The file is written beside its place and moved there in the end.
    /// </remarks>
    /// <param name="path">The rows.</param>
    /// <param name="outputPath">Where the predictions go; a file that is there is replaced.</param>
    /// <param name="keep">Columns to copy beside the predictions, such as an identifier.</param>
    /// <param name="progress">Told the share of the file that has been read, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="CsvException">There is no such file or column, or it is no such table.</exception>
    /// <exception cref="ArgumentException">A column holds another type than the model takes, a value does not fit, or a kept column is called as one of the predictions.</exception>
    /// <exception cref="OnnxException">The model gives neither classes nor one number a row, or fails on the rows.</exception>
    public long PredictCsv(string path, string outputPath, IReadOnlyList<string>? keep = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        string[] kept = [.. (keep ?? []).Distinct(StringComparer.Ordinal)];
        CsvOptions reading = Reading(kept, kept.Except(Columns.Select(column => column.Name), StringComparer.Ordinal));
        using var file = new CsvPartsWriter(outputPath);
        long rows = 0;
        foreach (Table part in Table.ReadCsvInParts(path, checked(_options.RowsPerBlock * BlocksPerPart), reading, progress, cancellationToken))
        {
            Table said = Predict(Columns.Count > 0 ? part : part.Drop(kept), null, cancellationToken).ToTable();
            if (Array.Find(kept, said.HasColumn) is { } both)
            {
                throw new ArgumentException($"Column '{both}' is to be kept, and the predictions have one of that name. Rename it in the data.", nameof(keep));
            }

            file.Write(new Table([.. kept.Select(name => part[name]), .. said.Columns]));
            rows += part.RowCount;
        }

        file.Complete();
        return rows;
    }

    /// <summary>Whether the classes are spelled as a column of numbers or truth values is: then 1.0 in a file is the class 1.</summary>
    private bool ReadAsWritten() => _classes.All(name =>
        name is "false" or "true" || (long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number.ToString(CultureInfo.InvariantCulture) == name));

    /// <summary>The model's columns and others; every column if nobody says which the model takes.</summary>
    private CsvOptions Reading(IEnumerable<string> others, IEnumerable<string> asText) => new()
    {
        Columns = Columns.Count == 0 ? null : [.. Columns.Select(column => column.Name).Concat(others).Distinct(StringComparer.Ordinal)],
        Types = Columns.Where(column => column.IsText).Select(column => column.Name).Concat(asText).Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => typeof(string)),
    };
}
