using System.Collections;
using System.Globalization;

namespace MlOps.Tracking;

/// <summary>Values of parameters as text; the rules are those of <see cref="ActiveRun.Log(ValueTuple{string, object}[])"/>.</summary>
internal static class ValueText
{
    private const string Iso8601 = "O";

    internal static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString(Iso8601, CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IDictionary dictionary => $"{{{string.Join(", ", dictionary.Keys.Cast<object>().Select(key => $"{Of(key)}: {Of(dictionary[key])}"))}}}",
        IEnumerable sequence => $"[{string.Join(", ", sequence.Cast<object?>().Select(Of))}]",
        _ => value.ToString() ?? "",
    };
}
