using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MlOps.Grading.Host.Values;

/// <summary>Writes a value as JSON such that <see cref="ValueReader"/> makes exactly it again, whatever culture is set.</summary>
/// <remarks>
/// Numbers are numbers, in their shortest exact form; NaN and the infinities are strings. Dates are their ticks. A sequence or tuple is
/// an array, a dictionary an array of pairs, a record an object, an enum value its name. Text that is no valid Unicode is an array
/// of its UTF-16 units. What a type says of itself by ToString, Equals or a converter is never asked.
/// </remarks>
internal static class ValueWriter
{
    /// <summary>Deeper than any value of an exercise; a value that refers to itself gets here too.</summary>
    internal const int MaxDepth = 48;

    /// <exception cref="NotDataException">The value, or something in it, cannot travel.</exception>
    /// <exception cref="TooMuchDataException">The frame is full.</exception>
    internal static void Write(JsonOutput json, object? value, int depth = 0)
    {
        switch (value)
        {
            case null:
                json.Null();
                break;
            case double number:
                json.Value(number);
                break;
            case int number:
                json.Value(number);
                break;
            case bool flag:
                json.Value(flag);
                break;
            case string text:
                Write(json, text);
                break;
            case double[] numbers:
                json.StartArray();
                foreach (double number in numbers)
                {
                    json.Value(number);
                }

                json.EndArray();
                break;
            case int[] numbers when numbers.GetType() == typeof(int[]): // an array of enums or uints passes for int[] too
                json.StartArray();
                foreach (int number in numbers)
                {
                    json.Value(number);
                }

                json.EndArray();
                break;
            default:
                if (value.GetType().IsEnum)
                {
                    json.Value(value.ToString()!);
                }
                else if (!WritePrimitive(json, value))
                {
                    WriteComposite(json, value, depth + 1);
                }

                break;
        }
    }

    private static void Write(JsonOutput json, string text)
    {
        if (IsUnicode(text))
        {
            json.Value(text);
            return;
        }

        json.StartArray();
        foreach (char unit in text)
        {
            json.Value((int)unit);
        }

        json.EndArray();
    }

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    private static bool WritePrimitive(JsonOutput json, object value)
    {
        switch (value)
        {
            case long number:
                json.Value(number);
                return true;
            case float number:
                json.Value(number);
                return true;
            case decimal number:
                json.Value(number);
                return true;
            case byte or sbyte or short or ushort or uint:
                json.Value(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case ulong number:
                json.Value(number);
                return true;
            case char unit when char.IsSurrogate(unit):
                json.Value((int)unit);
                return true;
            case char unit:
                json.Value(unit.ToString());
                return true;
            case Half number:
                json.Value((double)number);
                return true;
            case Int128 or UInt128 or BigInteger:
                json.Value(((IFormattable)value).ToString("D", CultureInfo.InvariantCulture));
                return true;
            case DateTime time:
                json.StartArray();
                json.Value(time.Ticks);
                json.Value((int)time.Kind);
                json.EndArray();
                return true;
            case DateTimeOffset time:
                json.StartArray();
                json.Value(time.Ticks);
                json.Value(time.Offset.Ticks);
                json.EndArray();
                return true;
            case TimeSpan span:
                json.Value(span.Ticks);
                return true;
            case DateOnly day:
                json.Value(day.DayNumber);
                return true;
            case TimeOnly time:
                json.Value(time.Ticks);
                return true;
            case Guid id:
                json.Value(id.ToString());
                return true;
            default:
                return false;
        }
    }

    private static void WriteComposite(JsonOutput json, object value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new NotDataException($"a value that is nested more than {MaxDepth} levels deep, or that refers to itself");
        }

        Type type = value.GetType();
        switch (value)
        {
            case Delegate or MemberInfo or Task or ValueTask or Pointer or Stream or Exception:
                throw new NotDataException(WithArticle(CSharpName.Of(type)) + ", which is no data");
            case ITuple tuple:
                json.StartArray();
                for (int i = 0; i < tuple.Length; i++)
                {
                    Write(json, tuple[i], depth);
                }

                json.EndArray();
                break;
            case Array { Rank: > 1 } array:
                WriteGrid(json, array, depth);
                break;
            case IDictionary dictionary:
                WritePairs(json, dictionary, depth);
                break;
            case IEnumerable sequence:
                json.StartArray();
                foreach (object? element in sequence)
                {
                    Write(json, element, depth);
                }

                json.EndArray();
                break;
            default:
                WriteMembers(json, value, type, depth);
                break;
        }
    }

    private static void WriteGrid(JsonOutput json, Array array, int depth)
    {
        json.StartArray();
        json.StartArray();
        for (int dimension = 0; dimension < array.Rank; dimension++)
        {
            json.Value(array.GetLength(dimension));
        }

        json.EndArray();
        json.StartArray();
        foreach (object? element in array)
        {
            Write(json, element, depth);
        }

        json.EndArray();
        json.EndArray();
    }

    private static void WritePairs(JsonOutput json, IDictionary dictionary, int depth)
    {
        json.StartArray();
        IDictionaryEnumerator entries = dictionary.GetEnumerator();
        while (entries.MoveNext())
        {
            json.StartArray();
            Write(json, entries.Key, depth);
            Write(json, entries.Value, depth);
            json.EndArray();
        }

        json.EndArray();
    }

    private static void WriteMembers(JsonOutput json, object value, Type type, int depth)
    {
        if (SequenceTypes.IsMemory(type))
        {
            Write(json, type.GetMethod("ToArray")!.Invoke(value, null), depth);
            return;
        }

        DataShape shape = DataShape.Of(type);
        if (shape.Members.Count == 0)
        {
            throw new NotDataException(WithArticle(CSharpName.Of(type)) + ", which has no public properties or fields");
        }

        bool isPair = SequenceTypes.IsPair(type);
        if (isPair)
        {
            json.StartArray();
        }
        else
        {
            json.StartObject();
        }

        foreach (DataMember member in shape.Members)
        {
            if (!isPair)
            {
                json.Name(member.Name);
            }

            Write(json, member.Get(value), depth);
        }

        if (isPair)
        {
            json.EndArray();
        }
        else
        {
            json.EndObject();
        }
    }

    private static string WithArticle(string name) => ("AEIOU".Contains(name[0], StringComparison.Ordinal) ? "an " : "a ") + name;
}
