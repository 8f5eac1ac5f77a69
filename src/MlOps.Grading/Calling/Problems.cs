using System.Text.Json;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Calling;

/// <summary>Turns the problems that a host reports into words for the student.</summary>
internal static class Problems
{
    /// <exception cref="StudentCodeException">The answer is a problem, or no answer of a host at all.</exception>
    internal static void ThrowIfAny(byte[] answer, string what, StudentAssembly assembly, Func<StudentCodeException> tampered)
    {
        try
        {
            if (new JsonInput(answer).Next().Next().GetString() is not ("threw" or "no data" or "too much" or "no library"))
            {
                return;
            }

            using JsonDocument document = JsonDocument.Parse(answer);
            throw Words(document.RootElement, what, assembly);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw tampered();
        }
    }

    private static StudentCodeException Words(JsonElement problem, string what, StudentAssembly assembly) => problem[0].GetString() switch
    {
        "threw" => Thrown(problem, what, assembly),
        "no data" => new StudentCodeException(StudentProblem.NotData, $"{what} returned {problem[1].GetString()}."),
        "too much" => new StudentCodeException(StudentProblem.TooMuchData, $"{what} returned more data than a test can take. Does a sequence go on without end?"),
        _ => new StudentCodeException(StudentProblem.MissingMember, $"{what} needs the library {problem[1].GetString()}, which this exercise does not offer."),
    };

    private static StudentCodeException Thrown(JsonElement problem, string what, StudentAssembly assembly)
    {
        StudentProblem kind = problem[1].ValueEquals("OutOfMemory") ? StudentProblem.OutOfMemory : StudentProblem.Threw;
        int? line = SourceLines.Find(assembly, problem[5].GetInt32(), problem[6].GetInt32());
        string place = line is null ? "" : FormattableString.Invariant($" in line {line}");
        string verb = kind == StudentProblem.OutOfMemory ? "ran out of memory" : $"threw {problem[2].GetString()}";
        string message = problem[4].GetString()!;
        return new StudentCodeException(kind, $"{what} {verb}{place}{(message.Length > 0 && kind == StudentProblem.Threw ? ": " + message : ".")}")
        {
            ThrownTypes = [.. problem[3].EnumerateArray().Select(type => type.GetString() ?? "")],
            Line = line,
        };
    }
}
