namespace MlOps.Data;

/// <summary>A data set of the course that is made by a seeded generator.</summary>
/// <param name="Name">Its name: the folder under datasets, and the file in it.</param>
/// <param name="Description">One line on what it holds.</param>
/// <param name="Generate">Makes its table; always the same one.</param>
public sealed record DataSet(string Name, string Description, Func<Table> Generate)
{
    /// <summary>Gets what writes the data set's files into its folder and returns their paths, that of the table first. By default the table alone, as name.csv.</summary>
    public Func<string, IReadOnlyList<string>> Write { get; init; } = folder =>
    {
        string file = Path.Combine(folder, Name + ".csv");
        Generate().WriteCsv(file);
        return [file];
    };
}
