namespace MlOps.Kernel.Engine;

/// <summary>A variable that a cell has declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type as C# writes it, such as <c>List&lt;int&gt;</c>.</param>
/// <param name="Value">Its value when it was asked for.</param>
public sealed record CellVariable(string Name, string Type, object? Value);
