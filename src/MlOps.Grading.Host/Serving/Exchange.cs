using System.Reflection;
using System.Text;
using MlOps.Grading.Host.Confinement;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Host.Serving;

/// <summary>Answers the grader's questions about one student's assembly, one after the other.</summary>
/// <remarks>
/// Questions and answers are JSON arrays whose first element says what they are:
/// <c>["hello"]</c> → <c>["hello", filter]</c>, whether the filter of system calls is on;
/// <c>["load", name, [libraries], result bytes, image length, symbols length]</c>, then the bytes → <c>["loaded"]</c>;
/// <c>["describe", type]</c> → see <see cref="TypeDescription"/>;
/// <c>["call", member, "call" | "get" | "set", object, keep result, [arguments], [places of objects among them]]</c> →
/// <c>["value", value, [[place, array], …]]</c>, <c>["kept", object, […]]</c> or <c>["nothing", […]]</c>;
/// <c>["mark", text]</c> → <c>["marked"]</c>, after the text went to standard error.
/// What goes wrong is <c>["threw", …]</c> (see <see cref="ThrownText"/>), <c>["no data", words]</c>, <c>["too much"]</c> or <c>["no library", name]</c>.
/// </remarks>
internal sealed class Exchange(bool isFiltered, PrivateChannel channel)
{
    private readonly List<object> _objects = [];
    private StudentLoadContext? _context;
    private Assembly? _assembly;
    private TypeDescription? _types;

    /// <summary>Gets how long the content of an answer may be.</summary>
    internal int ResultBytes { get; private set; } = 1 << 20;

    /// <summary>Answers one question. Does not throw, whatever student code does, short of ending the process.</summary>
    internal void Answer(byte[] question, JsonOutput json)
    {
        try
        {
            AnswerOrThrow(question, json);
        }
        catch (NotDataException e)
        {
            json.Clear();
            WriteStrings(json, "no data", e.Message);
        }
        catch (TooMuchDataException)
        {
            json.Clear();
            WriteStrings(json, "too much");
        }
        catch (FileNotFoundException e) when (_assembly is not null && e.FileName?.Contains(", Version=", StringComparison.Ordinal) == true)
        {
            json.Clear();
            WriteStrings(json, "no library", e.FileName[..e.FileName.IndexOf(',', StringComparison.Ordinal)]);
        }
        catch (Exception e)
        {
            json.Clear();
            json.StartArray();
            ThrownText.Write(json, e, _assembly!);
            json.EndArray();
        }
    }

    private static void WriteStrings(JsonOutput json, params ReadOnlySpan<string> texts)
    {
        json.StartArray();
        foreach (string text in texts)
        {
            json.Value(text);
        }

        json.EndArray();
    }

    private void AnswerOrThrow(byte[] question, JsonOutput json)
    {
        var reader = new JsonInput(question);
        reader.Read();
        reader.Read();
        string what = reader.GetString();
        reader.Read();
        json.StartArray();
        switch (what)
        {
            case "hello":
                json.Value("hello");
                json.Value(isFiltered);
                break;
            case "load":
                Load(reader, question);
                json.Value("loaded");
                break;
            case "describe":
                _types!.Write(json, reader.GetString());
                break;
            case "mark":
                channel.Print(Encoding.UTF8.GetBytes(reader.GetString()));
                json.Value("marked");
                break;
            default:
                Call(reader, json);
                break;
        }

        json.EndArray();
    }

    private void Load(JsonInput reader, byte[] question)
    {
        string name = reader.GetString();
        List<string> libraries = [];
        reader.Read();
        while (reader.Read() && reader.Token != JsonToken.EndArray)
        {
            libraries.Add(reader.GetString());
        }

        reader.Read();
        ResultBytes = reader.GetInt32();
        reader.Read();
        int imageLength = reader.GetInt32();
        reader.Read();
        int symbolsLength = reader.GetInt32();
        _objects.Clear(); // a second assembly takes the place of the first
        _context = new StudentLoadContext(libraries);
        int imageStart = question.Length - imageLength - symbolsLength;
        using var image = new MemoryStream(question, imageStart, imageLength, writable: false);
        using MemoryStream? symbols = symbolsLength > 0 ? new MemoryStream(question, imageStart + imageLength, symbolsLength, writable: false) : null;
        _assembly = _context.LoadFromStream(image, symbols);
        _types = new TypeDescription(_assembly);
    }

    private void Call(JsonInput reader, JsonOutput json)
    {
        MemberInfo member = _types!.Members[reader.GetInt32()];
        reader.Read();
        string how = reader.GetString();
        reader.Read();
        object? target = ObjectOrNull(reader.GetInt32());
        reader.Read();
        bool keep = reader.GetBoolean();
        reader.Read();
        var arguments = new ReceivedArguments(member, how);
        arguments.Read(reader, ObjectOrNull);

        object? result = how switch
        {
            "get" when member is FieldInfo field => field.GetValue(target),
            "set" when member is FieldInfo field => Set(field, target, arguments.Values[0]),
            _ => Invocation.Call(arguments.Method!, target, arguments.Values),
        };
        bool isVoid = how == "set" || member is MethodInfo method && method.ReturnType == typeof(void);
        if (isVoid)
        {
            json.Value("nothing");
        }
        else if (keep && result is not null)
        {
            _objects.Add(result);
            json.Value("kept");
            json.Value(_objects.Count);
        }
        else
        {
            json.Value("value");
            ValueWriter.Write(json, result);
        }

        arguments.WriteBack(json, isVoid);
    }

    private object? ObjectOrNull(int number) => number > 0 ? _objects[number - 1] : null;

    private static object? Set(FieldInfo field, object? target, object? value)
    {
        field.SetValue(target, value);
        return null;
    }
}
