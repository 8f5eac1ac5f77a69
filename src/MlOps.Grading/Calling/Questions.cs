using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Calling;

/// <summary>Writes the questions that a host understands.</summary>
internal static class Questions
{
    private const int LongestQuestion = 512 << 20; // an image or arguments of this size are a mistake of ours

    internal static byte[] Load(StudentAssembly assembly, IEnumerable<string> libraries, int resultBytes)
    {
        byte[] symbols = assembly.Symbols ?? [];
        byte[] question = Write(json =>
        {
            json.Value("load");
            json.Value(assembly.Name);
            json.StartArray();
            foreach (string library in libraries)
            {
                json.Value(library);
            }

            json.EndArray();
            json.Value(resultBytes);
            json.Value(assembly.Image.Length);
            json.Value(symbols.Length);
        });
        return [.. question, .. assembly.Image, .. symbols];
    }

    internal static byte[] Describe(string type) => Write(json =>
    {
        json.Value("describe");
        json.Value(type);
    });

    internal static byte[] Mark(string mark) => Write(json =>
    {
        json.Value("mark");
        json.Value(mark);
    });

    /// <exception cref="NotDataException">An argument cannot travel: an error of the test's author.</exception>
    internal static byte[] Call(StudentMember member, string how, int target, bool keep, object?[] arguments) => Write(json =>
    {
        json.Value("call");
        json.Value(member.Number);
        json.Value(how);
        json.Value(target);
        json.Value(keep);
        json.StartArray();
        foreach (object? argument in arguments)
        {
            ValueWriter.Write(json, argument is CallProxy ? null : argument);
        }

        json.EndArray();
        json.StartArray();
        foreach (object? argument in arguments)
        {
            json.Value(argument is CallProxy proxy ? proxy.Number : 0);
        }

        json.EndArray();
    });

    private static byte[] Write(Action<JsonOutput> write)
    {
        var json = new JsonOutput(0, LongestQuestion);
        json.StartArray();
        write(json);
        json.EndArray();
        return json.Content.ToArray();
    }
}
