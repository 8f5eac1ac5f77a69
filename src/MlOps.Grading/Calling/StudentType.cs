using System.Text.Json;

namespace MlOps.Grading.Calling;

/// <summary>A student's type as the host describes it.</summary>
/// <param name="Name">Its name, without namespace.</param>
/// <param name="Kind"><c>class</c>, <c>static class</c>, <c>struct</c>, …; null if there is no such public type.</param>
/// <param name="Members">Methods, constructors, properties and fields of any access.</param>
/// <param name="Named">What the types in their signatures look like.</param>
/// <param name="Others">If there is no such type: the types of the file, and whether they are public.</param>
internal sealed record StudentType(string Name, string? Kind, IReadOnlyList<StudentMember> Members, IReadOnlyDictionary<string, NamedType> Named, IReadOnlyList<(string Name, bool IsPublic, string Kind)> Others)
{
    /// <exception cref="JsonException">The description is not one; the same holds for the other exceptions that reading JSON brings.</exception>
    internal static StudentType Read(string name, JsonElement answer)
    {
        if (answer[0].ValueEquals("missing"))
        {
            return new StudentType(name, null, [], new Dictionary<string, NamedType>(), [.. answer[1].EnumerateArray().Select(type => (type[0].GetString()!, type[1].GetBoolean(), type[2].GetString()!))]);
        }

        int first = answer[2].GetInt32();
        Dictionary<string, NamedType> named = [];
        foreach (JsonElement type in answer[4].EnumerateArray())
        {
            named[type[0].GetString()!] = NamedType.Read(type);
        }

        return new StudentType(name, answer[1].GetString()!, [.. answer[3].EnumerateArray().Select((member, place) => StudentMember.Read(first + place, member))], named, []);
    }
}
