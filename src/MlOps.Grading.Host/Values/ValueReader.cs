using System.Collections;
using System.Reflection;

namespace MlOps.Grading.Host.Values;

/// <summary>Makes a value of a wanted type from what <see cref="ValueWriter"/> wrote. The reader stands on the value's first token, and ends on its last.</summary>
internal static class ValueReader
{
    /// <exception cref="NotDataException">The JSON does not fit the type.</exception>
    internal static object? Read(JsonInput json, Type type)
    {
        if (json.Token == JsonToken.Null)
        {
            return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null ? null : throw new NotDataException($"null where a value of type {CSharpName.Of(type)} is needed");
        }

        try
        {
            return ReadFrequent(json, type) ?? PrimitiveReader.Read(json, type) ?? ReadComposite(json, type);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new NotDataException($"what is no value of type {CSharpName.Of(type)}");
        }
    }

    private static object? ReadFrequent(JsonInput json, Type type)
    {
        if (type == typeof(double))
        {
            return json.GetDouble();
        }

        if (type == typeof(int))
        {
            return json.GetInt32();
        }

        if (type == typeof(bool))
        {
            return json.GetBoolean();
        }

        if (type == typeof(string))
        {
            return json.Token == JsonToken.StartArray ? new string(ReadArray(json, static unit => (char)checked((ushort)unit.GetInt64()))) : json.GetString();
        }

        if (type == typeof(double[]))
        {
            return ReadArray(json, static number => number.GetDouble());
        }

        return type == typeof(int[]) ? ReadArray(json, static number => number.GetInt32()) : null;
    }

    internal static T[] ReadArray<T>(JsonInput json, Func<JsonInput, T> read)
    {
        Expect(json, JsonToken.StartArray);
        T[] elements = new T[16];
        int count = 0;
        while (json.Read() && json.Token != JsonToken.EndArray)
        {
            if (count == elements.Length)
            {
                elements = Copy(elements, count, 2 * count);
            }

            elements[count++] = read(json);
        }

        return Copy(elements, count, count);
    }

    /// <summary>Not Array.Resize: it is not compiled ahead for numbers.</summary>
    private static T[] Copy<T>(T[] elements, int count, int length)
    {
        T[] copy = new T[length];
        Array.Copy(elements, copy, count);
        return copy;
    }

    private static object? ReadComposite(JsonInput json, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Read(json, value);
        }

        if (SequenceTypes.ElementOf(type) is { } element)
        {
            return ReadSequence(json, type, element);
        }

        if (type.IsArray)
        {
            return ReadGrid(json, type.GetElementType()!);
        }

        if (SequenceTypes.IsDictionary(type))
        {
            return ReadDictionary(json, type);
        }

        if (SequenceTypes.IsPair(type) || CSharpName.IsValueTuple(type) || (type.IsGenericType && type.FullName!.StartsWith("System.Tuple`", StringComparison.Ordinal)))
        {
            Expect(json, JsonToken.StartArray);
            object tuple = ReadTuple(json, type);
            json.Read();
            Expect(json, JsonToken.EndArray);
            return tuple;
        }

        return ReadMembers(json, type);
    }

    private static object ReadSequence(JsonInput json, Type type, Type element)
    {
        Array array = ReadElements(json, element);
        if (type.IsArray || SequenceTypes.IsSpan(type))
        {
            return array; // who passes a span makes it from the array
        }

        Type definition = type.GetGenericTypeDefinition();
        return SequenceTypes.IsArrayInterface(definition) ? array
            : SequenceTypes.IsSet(definition) ? Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(element), array)!
            : Activator.CreateInstance(type, array)!;
    }

    private static Array ReadElements(JsonInput json, Type element)
    {
        if (element == typeof(double))
        {
            return ReadArray(json, static number => number.GetDouble());
        }

        Expect(json, JsonToken.StartArray);
        ArrayList elements = [];
        while (json.Read() && json.Token != JsonToken.EndArray)
        {
            elements.Add(Read(json, element));
        }

        Array array = Array.CreateInstance(element, elements.Count);
        for (int i = 0; i < array.Length; i++)
        {
            array.SetValue(elements[i], i);
        }

        return array;
    }

    private static Array ReadGrid(JsonInput json, Type element)
    {
        Expect(json, JsonToken.StartArray);
        json.Read();
        int[] lengths = ReadArray(json, static number => number.GetInt32());
        json.Read();
        Array flat = ReadElements(json, element);
        json.Read();
        Expect(json, JsonToken.EndArray);
        long cells = 1;
        foreach (int length in lengths)
        {
            cells = checked(cells * length);
        }

        if (cells != flat.Length)
        {
            throw new FormatException(); // before the array is made: lengths that lie could ask for any amount of memory
        }

        Array grid = Array.CreateInstance(element, lengths);
        int[] place = new int[lengths.Length];
        for (int i = 0; i < flat.Length; i++)
        {
            grid.SetValue(flat.GetValue(i), place);
            for (int dimension = place.Length - 1; dimension >= 0 && ++place[dimension] == lengths[dimension] && dimension > 0; dimension--)
            {
                place[dimension] = 0;
            }
        }

        return grid;
    }

    private static object ReadDictionary(JsonInput json, Type type)
    {
        Type[] types = type.GetGenericArguments();
        Type made = SequenceTypes.IsSortedDictionary(type) ? type : typeof(Dictionary<,>).MakeGenericType(types);
        var dictionary = (IDictionary)Activator.CreateInstance(made)!;
        Expect(json, JsonToken.StartArray);
        while (json.Read() && json.Token != JsonToken.EndArray)
        {
            Expect(json, JsonToken.StartArray);
            json.Read();
            object key = Read(json, types[0]) ?? throw new FormatException();
            json.Read();
            dictionary.Add(key, Read(json, types[1]));
            json.Read();
            Expect(json, JsonToken.EndArray);
        }

        return dictionary;
    }

    private static object ReadTuple(JsonInput json, Type type)
    {
        Type[] types = type.GetGenericArguments();
        object?[] items = new object?[types.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (i == 7) // the eighth place is a tuple of the others
            {
                items[i] = ReadTuple(json, types[i]);
                continue;
            }

            json.Read();
            items[i] = Read(json, types[i]);
        }

        return Activator.CreateInstance(type, items)!;
    }

    private static object ReadMembers(JsonInput json, Type type)
    {
        Expect(json, JsonToken.StartObject);
        DataShape shape = DataShape.Of(type);
        if (!shape.CanMake)
        {
            throw new FormatException();
        }

        Dictionary<string, object?> values = new(StringComparer.OrdinalIgnoreCase);
        while (json.Read() && json.Token != JsonToken.EndObject)
        {
            DataMember? member = shape.Find(json.GetString());
            json.Read();
            if (member is null)
            {
                json.Skip(); // the other side knows more of it than this one
            }
            else
            {
                values[member.Name] = Read(json, member.Type);
            }
        }

        object made = Make(shape, type, values);
        foreach (DataMember member in shape.Members)
        {
            if (values.TryGetValue(member.Name, out object? value) && member.CanSet)
            {
                member.Set(made, value);
            }
        }

        return made;
    }

    private static object Make(DataShape shape, Type type, Dictionary<string, object?> values)
    {
        if (shape.Constructor is null)
        {
            return Activator.CreateInstance(type)!;
        }

        ParameterInfo[] parameters = shape.Constructor.GetParameters();
        object?[] arguments = new object?[parameters.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = values.TryGetValue(parameters[i].Name!, out object? value) ? value : parameters[i].HasDefaultValue ? parameters[i].DefaultValue : throw new FormatException();
            values.Remove(parameters[i].Name!);
        }

        return shape.Constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private static void Expect(JsonInput json, JsonToken token)
    {
        if (json.Token != token)
        {
            throw new FormatException();
        }
    }
}
