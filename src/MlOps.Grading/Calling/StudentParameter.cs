using System.Text.Json;

namespace MlOps.Grading.Calling;

/// <summary>A parameter of a student's method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in C# spelling.</param>
/// <param name="By"><c>ref</c>, <c>out</c>, <c>in</c>, or empty.</param>
/// <param name="IsOptional">Whether it has a default value.</param>
internal sealed record StudentParameter(string Name, string Type, string By, bool IsOptional)
{
    internal static StudentParameter Read(JsonElement parameter) => new(parameter[0].GetString()!, parameter[1].GetString()!, parameter[2].GetString()!, parameter[3].GetBoolean());
}
