using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOps.Drift.Quality;

/// <summary>Reads the fields of one YAML mapping, and tells line and column of what is wrong.</summary>
/// <remarks>It knows which keys were asked for: any other key is an error.</remarks>
internal sealed class FieldReader
{
    private readonly YamlMappingNode _node;
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];

    internal FieldReader(YamlNode node, string what)
    {
        _node = node as YamlMappingNode ?? throw Error(node, $"{what} is written as 'key: value' lines");
        foreach ((YamlNode key, YamlNode value) in _node.Children)
        {
            _fields.Add((key as YamlScalarNode)?.Value ?? throw Error(key, "a key is a word"), (key, value));
        }
    }

    internal static ExpectationsFormatException Error(YamlNode at, string problem, Exception? inner = null) => Error(at.Start, problem, inner);

    internal static ExpectationsFormatException Error(Mark at, string problem, Exception? inner = null) => new($"{problem}.", at.Line, at.Column, inner);

    internal bool Has(string key) => _fields.ContainsKey(key);

    internal string? OptionalText(string key) => Take(key) is { } node ? Scalar(node, key) : null;

    internal string Text(string key) => OptionalText(key) ?? throw Needs(key);

    internal double? OptionalNumber(string key) => Take(key) is not { } node ? null
        : YamlNumbers.TryRead(Scalar(node, key), out double value) ? value
        : throw Error(node, $"'{key}' is a number; got '{Scalar(node, key)}'");

    internal double Number(string key) => OptionalNumber(key) ?? throw Needs(key);

    internal long? OptionalCount(string key) => Take(key) is not { } node ? null
        : long.TryParse(Scalar(node, key), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
        : throw Error(node, $"'{key}' is a whole number ≥ 0; got '{Scalar(node, key)}'");

    internal bool Flag(string key, bool standard = false) => Take(key) is not { } node ? standard
        : bool.TryParse(Scalar(node, key), out bool value) ? value
        : throw Error(node, $"'{key}' is true or false; got '{Scalar(node, key)}'");

    internal TimeSpan? OptionalDuration(string key) => Take(key) is not { } node ? null
        : Duration.TryRead(Scalar(node, key), out TimeSpan value) ? value
        : throw Error(node, $"'{key}' is a number with s, m, h or d, such as 26h; got '{Scalar(node, key)}'");

    internal int OneOf(string key, IReadOnlyList<string> words)
    {
        string word = Text(key);
        int index = words.ToList().IndexOf(word);
        return index >= 0 ? index : throw Error(_fields[key].Value, $"'{key}' is one of {string.Join(", ", words)}; got '{word}'{Suggestion(word, words)}");
    }

    internal int? OptionalOneOf(string key, IReadOnlyList<string> words) => Take(key) is null ? null : OneOf(key, words);

    internal string[] Texts(string key)
    {
        YamlNode node = Need(key);
        return node is YamlSequenceNode list
            ? [.. list.Select(item => Scalar(item, key))]
            : throw Error(node, $"'{key}' is a list, such as [a, b]");
    }

    internal YamlNode Need(string key) => Take(key) ?? throw Needs(key);

    internal YamlNode? Take(string key)
    {
        _asked.Add(key);
        return _fields.TryGetValue(key, out (YamlNode Key, YamlNode Value) field) ? field.Value : null;
    }

    /// <summary>Builds something from fields; its complaints about them are told with the line.</summary>
    /// <param name="build">Asks for the fields and builds.</param>
    /// <param name="alsoKnown">Keys that are asked for only when the rest is in order.</param>
    internal T Build<T>(Func<FieldReader, T> build, params string[] alsoKnown)
    {
        T built;
        try
        {
            built = build(this);
        }
        catch (ArgumentException e)
        {
            RefuseUnknown(alsoKnown); // a limit that is missing may be a limit that is misspelt
            string message = e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
            throw Error(_node, message.ReplaceLineEndings(" ").TrimEnd('.'), e);
        }

        RefuseUnknown([]);
        return built;
    }

    /// <summary>The nearest of the known words, where one is near.</summary>
    internal static string Suggestion(string word, IEnumerable<string> known)
    {
        (string Word, int Distance) nearest = known.Select(other => (Word: other, Distance: EditDistance.Between(word.ToLowerInvariant(), other))).DefaultIfEmpty((Word: "", Distance: int.MaxValue)).MinBy(pair => pair.Distance);
        return nearest.Distance <= Math.Max(1, word.Length / 3) ? $"; did you mean '{nearest.Word}'" : "";
    }

    private static string Scalar(YamlNode node, string key) =>
        (node as YamlScalarNode)?.Value ?? throw Error(node, $"'{key}' takes single values");

    private void RefuseUnknown(string[] alsoKnown)
    {
        foreach ((string key, (YamlNode at, _)) in _fields)
        {
            if (!_asked.Contains(key) && !alsoKnown.Contains(key))
            {
                throw Error(at, $"unknown key '{key}'{Suggestion(key, _asked)}; there are: {string.Join(", ", _asked.Distinct())}");
            }
        }
    }

    /// <summary>The key is missing, or misspelt.</summary>
    private ExpectationsFormatException Needs(string key)
    {
        foreach ((string other, (YamlNode at, _)) in _fields)
        {
            if (!_asked.Contains(other) && Suggestion(other, [key]) is { Length: > 0 } suggestion)
            {
                return Error(at, $"unknown key '{other}'{suggestion}");
            }
        }

        return Error(_node, $"'{key}' is missing");
    }
}
