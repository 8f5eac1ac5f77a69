using MlOps.Data.Generators;

namespace MlOps.Data;

/// <summary>The course's data sets: what there is, where it lies, and how to make it anew.</summary>
public static class DataSets
{
    private const string Folder = "datasets";

    /// <summary>Gets all data sets.</summary>
    public static IReadOnlyList<DataSet> All { get; } =
    [
        new("loan-applications", "20,000 made loan applications over 18 months, with drift planted from month 10, a concept shift in month 14 and two festival seasons", () => LoanApplications.Generate()),
        new("leaf-images", "640 made colour pictures of leaves, 32 × 32: healthy or with one of three diseases, from two farm regions", () => LeafImages.Generate().Facts)
        {
            Write = folder => LeafImages.Write(LeafImages.Generate(), folder),
        },
    ];

    /// <summary>Returns the table of a data set in the repository that the current folder is part of; what else belongs to it lies beside it.</summary>
    /// <example><c>Table.ReadCsv(DataSets.PathOf("loan-applications"))</c>.</example>
    /// <exception cref="ArgumentException">No data set has this name.</exception>
    /// <exception cref="FileNotFoundException">No folder from the current one upwards holds the file.</exception>
    public static string PathOf(string name) => PathOf(name, Directory.GetCurrentDirectory());

    /// <summary>Returns the table of a data set in the repository that a folder is part of; what else belongs to it lies beside it.</summary>
    /// <param name="name">The data set.</param>
    /// <param name="startFolder">Where to begin looking; then its parent, and so on.</param>
    /// <exception cref="ArgumentException">No data set has this name.</exception>
    /// <exception cref="FileNotFoundException">No folder from the given one upwards holds the file.</exception>
    public static string PathOf(string name, string startFolder)
    {
        _ = Find(name);
        for (DirectoryInfo? folder = new(startFolder); folder is not null; folder = folder.Parent)
        {
            string file = FileIn(Path.Combine(folder.FullName, Folder), name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new FileNotFoundException($"No {FileIn(Folder, name)} in {startFolder} or a folder above it. Open the notebook inside the repository, or make the file: mlops data make {name}");
    }

    /// <summary>Makes data sets and writes each to <paramref name="folder"/>/name/name.csv, with the files that go with it beside it, over what is there.</summary>
    /// <param name="folder">The datasets folder; it is created if need be.</param>
    /// <param name="names">Which ones; null for all.</param>
    /// <param name="progress">Told the share of data sets that are done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops before the next data set.</param>
    /// <returns>The files written; of each data set the table first.</returns>
    /// <exception cref="ArgumentException">No data set has one of the names; nothing has been written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; files written so far are whole.</exception>
    public static IReadOnlyList<string> Make(string folder, IEnumerable<string>? names = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        DataSet[] wanted = names is null ? [.. All] : [.. names.Select(Find)];
        var written = new List<string>();
        for (int i = 0; i < wanted.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string own = Path.Combine(folder, wanted[i].Name);
            Directory.CreateDirectory(own);
            written.AddRange(wanted[i].Write(own));
            progress?.Report((i + 1.0) / wanted.Length);
        }

        return written;
    }

    private static DataSet Find(string name) =>
        All.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"No data set '{name}'. There are: {string.Join(", ", All.Select(set => set.Name))}.", nameof(name));

    private static string FileIn(string datasets, string name) => Path.Combine(datasets, name, name + ".csv");
}
