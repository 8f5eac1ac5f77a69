using System.Reflection;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Host.Serving;

/// <summary>The arguments of one call, made as the student's parameters want them.</summary>
internal sealed class ReceivedArguments
{
    private readonly Type[] _types;
    private readonly ParameterInfo[] _parameters = [];
    private readonly Array?[] _rows;

    internal ReceivedArguments(MemberInfo member, string how)
    {
        Method = member switch
        {
            PropertyInfo property => how == "get" ? property.GetMethod : property.SetMethod,
            _ => member as MethodBase,
        };
        if (Method is null)
        {
            _types = how == "set" ? [((FieldInfo)member).FieldType] : [];
        }
        else
        {
            _parameters = Method.GetParameters();
            _types = Array.ConvertAll(_parameters, parameter => parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType);
        }

        Values = new object?[_types.Length];
        _rows = new Array?[_types.Length];
    }

    /// <summary>Gets the method to call; null for a field.</summary>
    internal MethodBase? Method { get; }

    internal object?[] Values { get; }

    /// <summary>Reads <c>[arguments], [objects]</c>; an object's number stands in the second array at the place of the argument, else 0.</summary>
    internal void Read(JsonInput json, Func<int, object?> objects)
    {
        int count = 0;
        while (json.Read() && json.Token != JsonToken.EndArray)
        {
            Values[count] = ReadOne(json, count);
            count++;
        }

        for (int i = count; i < Values.Length; i++)
        {
            Values[i] = _parameters[i].DefaultValue;
        }

        json.Read();
        for (int i = 0; json.Read() && json.Token != JsonToken.EndArray; i++)
        {
            int number = json.GetInt32();
            if (number > 0)
            {
                Values[i] = objects(number);
            }
        }
    }

    /// <summary>Writes the rows that the call may have changed: those in spans and memories, and every one if it returned nothing.</summary>
    internal void WriteBack(JsonOutput json, bool isVoid)
    {
        json.StartArray();
        for (int i = 0; i < _rows.Length; i++)
        {
            if (_rows[i] is { } row && (isVoid || IsWritable(_types[i])))
            {
                json.StartArray();
                json.Value(i);
                ValueWriter.Write(json, row);
                json.EndArray();
            }
        }

        json.EndArray();
    }

    private static bool IsWritable(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var definition && (definition == typeof(Span<>) || definition == typeof(Memory<>));

    private object? ReadOne(JsonInput json, int place)
    {
        Type type = _types[place];
        if (json.Token == JsonToken.Null && !type.IsValueType)
        {
            return null;
        }

        if (json.Token == JsonToken.Null && SequenceTypes.IsSpan(type))
        {
            return null; // a span of a null array is empty
        }

        if (SequenceTypes.IsMemory(type))
        {
            var row = (Array)ValueReader.Read(json, type.GetGenericArguments()[0].MakeArrayType())!;
            _rows[place] = row;
            return Activator.CreateInstance(type, row);
        }

        object? value = ValueReader.Read(json, type);
        _rows[place] = value as Array;
        return value;
    }
}
