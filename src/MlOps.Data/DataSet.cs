namespace MlOps.Data;

/// <summary>A data set of the course that is made by a seeded generator.</summary>
/// <param name="Name">Its name: the folder under datasets, and the file in it.</param>
/// <param name="Description">One line on what it holds.</param>
/// <param name="Generate">Makes it; always the same table.</param>
public sealed record DataSet(string Name, string Description, Func<Table> Generate);
