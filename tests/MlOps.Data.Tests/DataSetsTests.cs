using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MlOps.Data.Tests;

public class DataSetsTests
{
    public static TheoryData<string> Names => [.. DataSets.All.Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Make_DataSet_GivesTheCommittedBytes(string name)
    {
        string folder = Directory.CreateTempSubdirectory("datasets-test-").FullName;
        try
        {
            var progress = new List<double>();
            IReadOnlyList<string> files = DataSets.Make(folder, [name], new Immediate(progress));
            string file = files[0];

            Assert.Equal(Path.Combine(folder, name, name + ".csv"), file);
            Assert.Equal([1.0], progress);
            Assert.Equal(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(), files.Order());
            string committed = Path.GetDirectoryName(DataSets.PathOf(name, Repository.Root))!;
            Assert.All(files, made => Assert.True(
                File.ReadAllBytes(made).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(committed, Path.GetFileName(made)))),
                $"the committed {Path.GetFileName(made)} is not what the generator makes"));
            CsvText.AssertEqual(DataSets.All.Single(s => s.Name == name).Generate(), Table.ReadCsv(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Card_DataSet_TellsTheTrueChecksumAndShape(string name)
    {
        string file = DataSets.PathOf(name, Repository.Root);
        string card = File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "README.md"));
        Table table = Table.ReadCsv(file);

        Assert.All(Directory.EnumerateFiles(Path.GetDirectoryName(file)!).Where(path => Path.GetFileName(path) != "README.md"), path =>
            Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), card, StringComparison.Ordinal));
        Assert.Equal(FormattableString.Invariant($"{table.RowCount}"), Regex.Match(card, @"\| Rows \| (\d+) \|").Groups[1].Value);
        Assert.Equal(FormattableString.Invariant($"{table.Columns.Count}"), Regex.Match(card, @"\| Columns \| (\d+) \|").Groups[1].Value);
        Assert.All(table.Columns, column => Assert.Contains($"| `{column.Name}` |", card, StringComparison.Ordinal));
    }

    [Fact]
    public void PathOf_FolderDeepInTheRepository_FindsTheFileAbove()
    {
        string path = DataSets.PathOf("loan-applications", Repository.Reference(""));
        Assert.Equal(Path.Combine(Repository.Root, "datasets", "loan-applications", "loan-applications.csv"), Path.GetFullPath(path));
    }

    [Fact]
    public void PathOf_NowhereAbove_SaysHowToMakeIt()
    {
        var error = Assert.Throws<FileNotFoundException>(() => DataSets.PathOf("loan-applications", Path.GetTempPath()));
        Assert.Contains("mlops data make loan-applications", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PathOf_UnknownName_ListsTheNames()
    {
        Assert.Contains("There are: loan-applications", Assert.Throws<ArgumentException>(() => DataSets.PathOf("loans")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_UnknownNameOrCancelled_WritesNothing()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        Assert.Throws<ArgumentException>(() => DataSets.Make(folder, ["loan-applications", "loans"]));
        Assert.Throws<OperationCanceledException>(() => DataSets.Make(folder, cancellationToken: new CancellationToken(canceled: true)));
        Assert.False(Directory.Exists(folder));
    }

    private sealed class Immediate(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
