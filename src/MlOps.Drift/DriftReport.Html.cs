using System.Text;
using MlOps.Drift.Reporting;

namespace MlOps.Drift;

public sealed partial record DriftReport
{
    /// <summary>Returns the report as one self-contained HTML page: an overview, a section for each drifted column with its chart and tests,
    /// the table of all columns, and the other columns folded away.</summary>
    /// <remarks>No script, no other file, no network; light and dark; readable on a phone. Charts are binned pictures with text alternatives,
    /// so that the page does not grow with the rows: some 10 kB a column. Past 700 kB columns are in the table only, so that the page stays
    /// below 1 MB for up to about 1,000 columns. The same report gives the same page, to the byte.</remarks>
    public string ToHtml() => ReportPage.Write(this);

    /// <summary>Writes <see cref="ToHtml"/> to a file, replacing it if it exists.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void WriteHtml(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        File.WriteAllText(path, ToHtml(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
