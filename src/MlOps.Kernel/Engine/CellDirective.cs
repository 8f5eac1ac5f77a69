namespace MlOps.Kernel.Engine;

/// <summary>Says which C# runs in place of a cell whose first line is <c>#!name arguments</c>.</summary>
/// <param name="arguments">The rest of the first line, trimmed.</param>
/// <param name="body">The lines below, as the user wrote them. <see cref="CellDirectives.Literal"/> quotes them.</param>
public delegate string CellDirective(string arguments, string body);
