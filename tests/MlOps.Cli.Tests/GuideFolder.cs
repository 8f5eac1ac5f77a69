using MlOps.Data;

namespace MlOps.Cli.Tests;

/// <summary>A folder such as a reader of a guide has: the course's data, and the files that the guides call the reader's own. While it is there it is the current one.</summary>
internal sealed class GuideFolder : IDisposable
{
    /// <summary>The tests that use it, which run alone: a process has one current directory.</summary>
    internal const string Alone = "guides";

    private static readonly Lazy<Table> s_loans = new(() => Table.ReadCsv(DataSets.PathOf("loan-applications", MlopsCommand.RepositoryRoot)));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-guide-");
    private readonly string _before = Directory.GetCurrentDirectory();

    internal GuideFolder()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(MlopsCommand.RepositoryRoot, "datasets"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(FullName, "datasets", Path.GetRelativePath(Path.Combine(MlopsCommand.RepositoryRoot, "datasets"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Table loans = s_loans.Value;
        loans.WriteCsv(Path.Combine(FullName, "loans.csv"));
        loans.Filter(row => row.Double("month") <= 9).WriteCsv(Path.Combine(FullName, "train.csv"));
        loans.Filter(row => row.Double("month") == 18).WriteCsv(Path.Combine(FullName, "today.csv"));
        File.WriteAllText(Path.Combine(FullName, "helpers.cs"), "int Twice(int n) => 2 * n;");
        Directory.SetCurrentDirectory(FullName);
    }

    internal string FullName => _folder.FullName;

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Delete(recursive: true);
    }
}

/// <summary>Keeps other tests from running beside those that change the current directory.</summary>
[CollectionDefinition(GuideFolder.Alone, DisableParallelization = true)]
public sealed class GuideCollection;
