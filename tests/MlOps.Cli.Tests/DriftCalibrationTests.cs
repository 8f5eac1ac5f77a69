using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOps.Cli.Tests;

public sealed class DriftCalibrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-limit-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Oracle: for one column in ten bins PSI / (1/n + 1/m) follows χ²(9), whose 95 % quantile is 16.919 (R, qchisq(0.95, 9)).</summary>
    [Fact]
    public void Drift_Calibrate_FindsTheLimitOfTheoryAndSaysHowToUseIt()
    {
        string path = Csv(Enumerable.Range(0, 1000).Select(i => (i * 0.618034 % 1).ToString(CultureInfo.InvariantCulture)));
        CommandResult json = MlopsCommand.Run("drift", path, "--calibrate", "0.05", "--rows", "500", "--json");
        CommandResult text = MlopsCommand.Run("drift", path, "--calibrate", "0.05", "--rows", "500");

        Assert.True(json.ExitCode == 0, json.Errors);
        JsonNode choice = JsonNode.Parse(json.Output)!;
        double limit = (double)choice["psiLimit"]!;
        const double Theory = 16.919 * ((1 / 1000.0) + (1 / 500.0));
        Assert.InRange(limit / Theory, 0.8, 1.2); // 200 runs know the quantile to some 12 %
        Assert.True((double)choice["low"]! < limit && limit < (double)choice["high"]!);
        Assert.Equal((1000, 500, 200), ((int)choice["rows"]!["reference"]!, (int)choice["rows"]!["current"]!, (int)choice["runs"]!));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"--psi-limits {Math.Ceiling(limit * 10_000) / 10_000:0.####}"), text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_CalibrateWithoutARow_EndsWith2()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv([]), "--calibrate", "0.05", "--rows", "500");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("quiet.csv: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("row", result.Errors, StringComparison.Ordinal);
    }

    private string Csv(IEnumerable<string> numbers)
    {
        string path = Path.Combine(_folder.FullName, "quiet.csv");
        File.WriteAllLines(path, numbers.Prepend("x"));
        return path;
    }
}
