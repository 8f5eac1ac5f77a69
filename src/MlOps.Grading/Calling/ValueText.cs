using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Calling;

/// <summary>A value as a person reads it, in one short line: <c>[0.15, 0.3, …]</c>, <c>"text"</c>, <c>(1, 2)</c>, <c>Alarm { Index = 3 }</c>.</summary>
internal static class ValueText
{
    private const int MostElements = 8;
    private const int LongestText = 60;
    private const int LongestValue = 160;
    private const int MaxDepth = 4;

    internal static string Of(object? value)
    {
        var text = new StringBuilder();
        Add(text, value, 0);
        return ShortText.Of(text.ToString(), LongestValue);
    }

    private static void Add(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case string words:
                text.Append('"').Append(ShortText.Of(words, LongestText).ReplaceLineEndings("\\n").Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
                break;
            case char letter:
                text.Append('\'').Append(letter).Append('\'');
                break;
            case double.PositiveInfinity or float.PositiveInfinity:
                text.Append('∞');
                break;
            case double.NegativeInfinity or float.NegativeInfinity:
                text.Append("-∞");
                break;
            case DateTime time:
                text.Append(time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
                break;
            case Enum name:
                text.Append(name.GetType().Name).Append('.').Append(name);
                break;
            case CallProxy proxy:
                text.Append(proxy);
                break;
            case ITuple tuple:
                AddAll(text, '(', Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), ')', depth);
                break;
            case IFormattable number:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary dictionary:
                AddAll(text, '{', dictionary.Keys.Cast<object>().Select(key => (object)new Entry(key, dictionary[key])), '}', depth);
                break;
            case IEnumerable elements:
                AddAll(text, '[', elements.Cast<object?>(), ']', depth);
                break;
            case Entry entry:
                Add(text, entry.Key, depth);
                text.Append(": ");
                Add(text, entry.Value, depth);
                break;
            default:
                AddMembers(text, value, depth);
                break;
        }
    }

    private static void AddAll(StringBuilder text, char open, IEnumerable<object?> elements, char close, int depth)
    {
        text.Append(open);
        int count = 0;
        foreach (object? element in elements)
        {
            text.Append(count > 0 ? ", " : "");
            if (count++ == MostElements || depth > MaxDepth)
            {
                text.Append('…');
                break;
            }

            Add(text, element, depth + 1);
        }

        text.Append(close);
    }

    private static void AddMembers(StringBuilder text, object value, int depth)
    {
        Type type = value.GetType();
        text.Append(CSharpName.Of(type)).Append(" { ");
        int count = 0;
        foreach (DataMember member in DataShape.Of(type).Members)
        {
            text.Append(count++ > 0 ? ", " : "").Append(member.Name).Append(" = ");
            if (depth > MaxDepth)
            {
                text.Append('…');
                break;
            }

            Add(text, member.Get(value), depth + 1);
        }

        text.Append(" }");
    }

    private sealed record Entry(object Key, object? Value);
}
