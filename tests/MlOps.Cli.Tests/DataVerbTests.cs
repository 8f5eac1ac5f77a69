namespace MlOps.Cli.Tests;

public sealed class DataVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-data-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("data make --out")]
    [InlineData("data make loan-applications --out")]
    public void Make_AllOrByName_WritesTheCommittedBytes(string line)
    {
        CommandResult result = MlopsCommand.Run([.. line.Split(' '), _folder.FullName]);
        Assert.True(result.ExitCode == 0, result.Errors);
        string made = Path.Combine(_folder.FullName, "loan-applications", "loan-applications.csv");
        Assert.StartsWith(made, result.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(MlopsCommand.RepositoryRoot, "datasets", "loan-applications", "loan-applications.csv")), File.ReadAllBytes(made));
    }

    [Fact]
    public void Make_Pictures_WritesAllFilesOfTheDataSet()
    {
        CommandResult result = MlopsCommand.Run("data", "make", "leaf-images", "--out", _folder.FullName);
        Assert.True(result.ExitCode == 0, result.Errors);
        string[] names = ["leaf-images.csv", "leaf-masks.idx", "leaf-pixels.idx"];
        Assert.Equal(names, Directory.EnumerateFiles(Path.Combine(_folder.FullName, "leaf-images")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Contains(name, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Make_UnknownName_EndsWith2AndNamesThoseThereAre()
    {
        CommandResult result = MlopsCommand.Run("data", "make", "wine", "--out", _folder.FullName);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("loan-applications", result.Errors, StringComparison.Ordinal);
    }
}
