using System.Text.Json;

namespace MlOps.Grading.Calling;

/// <summary>A member of a student's type.</summary>
/// <param name="Number">How to name it to the host.</param>
/// <param name="Kind"><c>method</c>, <c>constructor</c>, <c>property</c>, <c>indexer</c> or <c>field</c>.</param>
/// <param name="Access"><c>public</c>, <c>private</c>, …</param>
/// <param name="IsStatic">Whether it belongs to the type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Detail">Methods: the number of type parameters. Properties and fields: 1 readable, 2 writable, 3 both.</param>
/// <param name="Type">What it returns or holds, in C# spelling.</param>
/// <param name="Parameters">The parameters of a method or constructor.</param>
internal sealed record StudentMember(int Number, string Kind, string Access, bool IsStatic, string Name, int Detail, string Type, IReadOnlyList<StudentParameter> Parameters)
{
    internal bool CanRead => (Detail & 1) != 0;

    internal bool CanWrite => (Detail & 2) != 0;

    internal int Required => Parameters.Count(parameter => !parameter.IsOptional);

    internal static StudentMember Read(int number, JsonElement member) => new(
        number,
        member[0].GetString()!,
        member[1].GetString()!,
        member[2].GetBoolean(),
        member[3].GetString()!,
        member[4].GetInt32(),
        member[5].GetString()!,
        member.GetArrayLength() > 6 ? [.. member[6].EnumerateArray().Select(StudentParameter.Read)] : []);
}
