using System.Text.Json;

namespace MlOps.Grading.Calling;

/// <summary>What a record, class, struct or enum in a student's signature looks like.</summary>
/// <param name="Kind"><c>enum</c>, <c>data</c> or <c>opaque</c>.</param>
/// <param name="Values">The names of an enum.</param>
/// <param name="Members">Public properties and fields: name and type.</param>
/// <param name="CanMake">Whether one can be made from its members.</param>
/// <param name="Needed">The parameters of the constructor that makes it.</param>
internal sealed record NamedType(string Kind, IReadOnlyList<string> Values, IReadOnlyList<(string Name, string Type)> Members, bool CanMake, IReadOnlyList<StudentParameter> Needed)
{
    internal static NamedType Read(JsonElement type) => type[1].GetString() switch
    {
        "enum" => new NamedType("enum", [.. type[2].EnumerateArray().Select(value => value.GetString()!)], [], true, []),
        "data" => new NamedType(
            "data",
            [],
            [.. type[2].EnumerateArray().Select(member => (member[0].GetString()!, member[1].GetString()!))],
            type[3].GetBoolean(),
            [.. type[4].EnumerateArray().Select(StudentParameter.Read)]),
        _ => new NamedType("opaque", [], [], false, []),
    };

    internal string? TypeOf(string member) => Members.FirstOrDefault(candidate => candidate.Name.Equals(member, StringComparison.OrdinalIgnoreCase)).Type;
}
