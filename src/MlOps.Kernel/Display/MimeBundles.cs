using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace MlOps.Kernel.Display;

/// <summary>How a value looks: its text by MIME type. Plain text is always there.</summary>
/// <remarks>
/// A public method <c>IReadOnlyDictionary&lt;string, string&gt; ToMimeBundle()</c> decides for its type. Numbers, text, dates and the like
/// are plain text only. A sequence of flat records is a table (<see cref="RecordTable"/>). Everything else is formatted by Microsoft.DotNet.Interactive.Formatting, whose registered formatters apply.
/// </remarks>
internal static class MimeBundles
{
    internal const string Plain = "text/plain";
    internal const string Html = "text/html";

    private static readonly ConcurrentDictionary<Type, MethodInfo?> OwnBundles = new();

    /// <summary>The bundle of any value, null included. What the value's own code throws comes through.</summary>
    internal static IReadOnlyDictionary<string, string> Of(object? value)
    {
        switch (value)
        {
            case null:
                return One(Plain, "null");
            case string text:
                return One(Plain, text);
            case IHtmlContent html:
                return Pair(Html, html.ToDisplayString(Html), HtmlWords.Of(html.ToDisplayString(Html)));
        }

        Type type = value.GetType();
        if (IsScalar(type))
        {
            return One(Plain, Format(value, Plain));
        }

        if (OwnBundles.GetOrAdd(type, FindOwnBundle) is { } own)
        {
            return Checked((IReadOnlyDictionary<string, string>?)own.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null), value);
        }

        if (RecordTable.Of(value, IsScalar) is { } table)
        {
            return table;
        }

        Dictionary<string, string> bundle = new(StringComparer.Ordinal);
        foreach (string mimeType in Formatter.GetPreferredMimeTypesFor(type))
        {
            bundle[mimeType] = Format(value, mimeType);
        }

        bundle.TryAdd(Plain, Format(value, Plain));
        return bundle;
    }

    /// <summary>The bundle of a value shown as one MIME type.</summary>
    internal static IReadOnlyDictionary<string, string> Of(object? value, string mimeType)
    {
        // Text is taken to be of that type already: display("<b>x</b>", "text/html") is HTML, not its source.
        string formatted = value as string ?? Format(value, mimeType);
        return mimeType switch
        {
            Plain => One(Plain, formatted),
            Html => Pair(Html, formatted, value is string ? HtmlWords.Of(formatted) : Format(value, Plain)),
            _ => Pair(mimeType, formatted, value is string ? formatted : Format(value, Plain)),
        };
    }

    internal static IReadOnlyDictionary<string, string> Pair(string mimeType, string text, string plain) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [mimeType] = text, [Plain] = plain };

    private static Dictionary<string, string> One(string mimeType, string text) => new(StringComparer.Ordinal) { [mimeType] = text };

    internal static bool IsScalar(Type type) =>
        type.IsPrimitive || type.IsEnum
        || type == typeof(decimal) || type == typeof(Half) || type == typeof(Int128) || type == typeof(UInt128)
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly)
        || type == typeof(TimeSpan) || type == typeof(Guid) || type == typeof(Version) || type == typeof(System.Numerics.BigInteger);

    private static MethodInfo? FindOwnBundle(Type type) =>
        type.GetMethod("ToMimeBundle", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes) is { } method
        && typeof(IReadOnlyDictionary<string, string>).IsAssignableFrom(method.ReturnType)
            ? method
            : null;

    private static IReadOnlyDictionary<string, string> Checked(IReadOnlyDictionary<string, string>? bundle, object value)
    {
        if (bundle is null || bundle.Count == 0)
        {
            return One(Plain, PlainOf(value));
        }

        return bundle.ContainsKey(Plain) ? bundle : new Dictionary<string, string>(bundle, StringComparer.Ordinal) { [Plain] = PlainOf(value) };
    }

    private static string PlainOf(object value) => value.ToString() ?? "";

    private static string Format(object? value, string mimeType)
    {
        string text = value.ToDisplayString(mimeType).ReplaceLineEndings("\n");
        return mimeType is Plain or Html ? CompilerNames.Replace(text) : text;
    }
}
