using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MlOps.Cli.Verbs;
using MlOps.Data;
using MlOps.Drift;

namespace MlOps.Cli.Tests;

/// <summary>Oracle: the report over the same files in memory.</summary>
public sealed class SketchedDriftTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-sketch-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compare_TwoFiles_AgreesWithTheReportInMemory(bool exactBins)
    {
        string reference = Csv("a.csv", 150_000, 0);
        string current = Csv("b.csv", 90_000, 8);
        var shares = new List<double>();

        DriftReport sketched = SketchedDrift.Compare(reference, current, new DriftOptions(), exactBins, new Recorder(shares), default);
        var exact = DriftReport.Compare(Table.ReadCsv(reference), Table.ReadCsv(current));

        Assert.Equal(exact.Rows, sketched.Rows);
        Assert.Equal(exact.Columns.Select(c => (c.Name, c.Level, c.Missing)), sketched.Columns.Select(c => (c.Name, c.Level, c.Missing)));
        Assert.Equal(exact["kind"]["chi2"], sketched["kind"]["chi2"]);
        Assert.Equal(exact["x"]["psi"].Statistic, sketched["x"]["psi"].Statistic, 0.02);
        Assert.Equal(["when"], sketched.Skipped.Select(s => s.Name));
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void Drift_Sketch_GivesTheReportAndTheGate()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", 20_000, 0), Csv("b.csv", 20_000, 40), "--sketch", "--exact-bins", "--columns", "x,kind", "--json", "--fail-on", "significant");
        Assert.Equal(1, result.ExitCode);
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal(["significant", "none"], json["columns"]!.AsArray().Select(column => (string)column!["level"]!));
        Assert.Contains("a.csv: column 'x' has 400 of 20,000 values missing", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_Columns_ReadsOnlyThose() =>
        Assert.Equal(["kind"], SketchedDrift.Compare(Csv("a.csv", 500, 0), Csv("b.csv", 500, 0), new DriftOptions { Columns = ["kind"] }, false, null, default).Columns.Select(c => c.Name));

    [Fact]
    public void Compare_TextAmongNumbersInALaterPart_IsToldWithItsLine()
    {
        string current = Csv("b.csv", 100_000, 0);
        File.AppendAllText(current, "many,a,2024-01-01\n");

        CsvException e = Assert.Throws<CsvException>(() => SketchedDrift.Compare(Csv("a.csv", 500, 0), current, new DriftOptions(), false, null, default));

        Assert.Equal((current, 100_002L, "x"), (e.Path, e.Line, e.Column));
    }

    [Fact]
    public void Compare_DigitsAmongTexts_AreText()
    {
        File.WriteAllText(At("a.csv"), "pin\n0400001\nunknown\n0400001\n");
        File.WriteAllText(At("b.csv"), "pin\n0400001\n0400001\n0400001\n");

        Assert.Equal(["0400001", "unknown"], SketchedDrift.Compare(At("a.csv"), At("b.csv"), new DriftOptions(), false, null, default)["pin"].Levels!.Levels);
    }

    [Fact]
    public void Compare_FilesThatCannotBeCompared_AreNamed()
    {
        string reference = Csv("a.csv", 100, 0);
        File.WriteAllText(At("other.csv"), "x,kind\n1,a\n");
        File.WriteAllText(At("empty.csv"), "x,kind,when\n");

        Assert.Contains("'when'", Assert.Throws<CsvException>(() => SketchedDrift.Compare(reference, At("other.csv"), new DriftOptions(), false, null, default)).Message, StringComparison.Ordinal);
        string empty = Assert.Throws<ArgumentException>(() => SketchedDrift.Compare(reference, At("empty.csv"), new DriftOptions(), false, null, default)).Message;
        Assert.StartsWith($"{reference} v. {At("empty.csv")}: ", empty, StringComparison.Ordinal);
        Assert.Throws<CsvException>(() => SketchedDrift.Compare(reference, At("nothing.csv"), new DriftOptions(), false, new Recorder([]), default));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Numbers 0 to 99 moved, two kinds, days; every 50th number is missing.</summary>
    private string Csv(string name, int rows, int move)
    {
        var text = new StringBuilder("x,kind,when\n");
        for (int i = 0; i < rows; i++)
        {
            string x = i % 50 == 7 ? "" : ((i * 37 % 100) + move).ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{x},{(i % 3 == 0 ? 'a' : 'b')},2024-01-{1 + (i % 28):00}\n");
        }

        File.WriteAllText(At(name), text.ToString());
        return At(name);
    }

    private sealed class Recorder(List<double> shares) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (shares)
            {
                shares.Add(value);
            }
        }
    }
}
