using System.CommandLine;
using MlOps.Data;
using MlOps.Drift;
using MlOps.Drift.Sketches;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops drift REF CUR --sketch</c>: two CSV files of any size, read in parts and kept as sketches.</summary>
internal sealed class SketchedDrift(DriftSettings settings, DriftOutput output) : DriftMode
{
    private const int RowsPerPart = 1 << 16;

    private readonly Option<bool> _sketch = new("--sketch") { Description = "Compare files of any size in memory that does not grow; quantiles within an error that the report states." };
    private readonly Option<bool> _exactBins = new("--exact-bins") { Description = "With --sketch: read the reference once more, so that the bins are counted and not estimated." };

    internal override string Name => "--sketch";

    internal override string Nature => "which keeps counts and quantiles and no rows";

    internal override IReadOnlyList<Option> Own => [_sketch, _exactBins];

    internal override IReadOnlyList<Option> Shared => [.. settings.OfComparison, .. output.Options];

    internal override bool IsMeant(ParseResult parsed, IReadOnlyList<string> sources) => parsed.GetValue(_sketch);

    internal override Task<int> RunAsync(ParseResult parsed, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        DriftOptions options = settings.ReadWithoutRows(parsed, Name);
        DriftOutput.Wanted wanted = output.Read(parsed, sources);
        DriftReport report;
        using (var progress = new TerminalProgress("Reading"))
        {
            report = Compare(sources[0], sources[1], options, parsed.GetValue(_exactBins), progress, cancellation);
        }

        wanted.Report(report, sources);
        return Task.FromResult(wanted.Finish(report.ToString, () => report.ToJson(), report.Level));
    }

    /// <summary>Compares two files in memory that does not grow with their rows.</summary>
    /// <remarks>Types are those of the whole reference file, which is therefore read twice. The current file is read with them, once: a
    /// text among numbers is told with its line, and digits among texts are text.</remarks>
    /// <param name="reference">CSV file the current data are compared with.</param>
    /// <param name="current">CSV file to judge.</param>
    /// <param name="options">Columns, tests and thresholds.</param>
    /// <param name="exactBins">Whether the reference is read once more, so that the bins of numbers are counted and not estimated.</param>
    /// <param name="progress">Told the share of the bytes that have been read, in [0, 1].</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CsvException">A file cannot be read, or a value does not fit its column's type; with file, line and column.</exception>
    /// <exception cref="ArgumentException">The files cannot be compared; with both names.</exception>
    internal static DriftReport Compare(
        string reference, string current, DriftOptions options, bool exactBins, IProgress<double>? progress, CancellationToken cancellation)
    {
        var sketching = new SketchOptions();
        var bytes = new ByteProgress(progress, exactBins ? [reference, reference, current] : [reference, current]);
        try
        {
            TableSketch before = Read(reference, [], sketching);
            Dictionary<string, Type> types = TypesOf(before);
            if (exactBins)
            {
                sketching = sketching with { Edges = before.BinEdges(options) };
                before = Read(reference, types, sketching);
            }

            return TableSketch.Compare(before, Read(current, types, sketching), options);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{reference} v. {current}: {Program.Sentence(e)}", e);
        }

        TableSketch Read(string path, Dictionary<string, Type> types, SketchOptions sketch)
        {
            IEnumerable<Table> parts = Table.ReadCsvInParts(
                path, RowsPerPart, new CsvOptions { Columns = options.Columns, Types = types }, bytes.OfNextFile(), cancellation);
            return TableSketch.Of(parts, sketch, cancellation);
        }
    }

    private static Dictionary<string, Type> TypesOf(TableSketch sketch) => sketch.Columns
        .Where(column => column.Type != SketchedType.Unknown)
        .ToDictionary(column => column.Name, column => column.Type switch
        {
            SketchedType.Numeric => typeof(double),
            SketchedType.Boolean => typeof(bool),
            SketchedType.Time => typeof(DateTime),
            _ => typeof(string),
        });

    /// <summary>Makes the shares of several files one share of all their bytes.</summary>
    private sealed class ByteProgress(IProgress<double>? progress, string[] paths)
    {
        private readonly double[] _sizes = [.. paths.Select(path => File.Exists(path) ? new FileInfo(path).Length : 0.0)]; // no such file: told by the reader
        private int _next;

        internal IProgress<double>? OfNextFile()
        {
            int file = _next++;
            double before = _sizes.Take(file).Sum();
            double all = Math.Max(1, _sizes.Sum());
            return progress is null ? null : new Share(share => progress.Report((before + (share * _sizes[file])) / all));
        }
    }

    private sealed class Share(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
