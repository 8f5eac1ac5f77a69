using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace MlOps.Tracking.Files;

/// <summary>A <c>meta.yaml</c>: a map whose keys are written in order, with texts quoted where Python's reader would take them for something else.</summary>
/// <remarks>What it does not know it keeps. Not thread-safe.</remarks>
internal sealed partial class MetaYaml
{
    private static readonly string[] s_words = ["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "="];

    private readonly SortedDictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    /// <summary>The tags of a data set's input, or any other map of texts.</summary>
    internal IReadOnlyList<Tag> Tags(string key) => !_values.TryGetValue(key, out YamlNode? node) || node is not YamlMappingNode map
        ? []
        : [.. map.Children.Where(p => p.Key is YamlScalarNode && p.Value is YamlScalarNode).Select(p => new Tag(Value(p.Key) ?? "", Value(p.Value) ?? "")).OrderBy(t => t.Key, StringComparer.Ordinal)];

    /// <summary>A text, or a number as it was written; null if the key is not there or null.</summary>
    internal string? Text(string key) => _values.TryGetValue(key, out YamlNode? node) ? Value(node) : null;

    /// <summary>A whole number; null if the key is not there or is none.</summary>
    internal long? Number(string key) => long.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrackingException"><c>InternalError</c>: it is no YAML map, or not there.</exception>
    internal static MetaYaml Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path, Encoding.UTF8);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents is [{ RootNode: YamlMappingNode map }, ..])
            {
                var meta = new MetaYaml();
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    meta._values[(key as YamlScalarNode)?.Value ?? ""] = value;
                }

                return meta;
            }
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException) // YamlDotNet throws the second for some brackets that are not closed
        {
            throw Malformed(path, $"it is no YAML: {e.Message}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Malformed(path, "it is not there", e);
        }

        throw Malformed(path, "it holds no map of keys and values");
    }

    internal MetaYaml Set(string key, string? text)
    {
        _values[key] = text is null ? Plain("null") : new YamlScalarNode(text) { Style = StyleOf(text) };
        return this;
    }

    internal MetaYaml Set(string key, long? number)
    {
        _values[key] = Plain(number?.ToString(CultureInfo.InvariantCulture) ?? "null");
        return this;
    }

    internal MetaYaml SetEmptyList(string key)
    {
        _values[key] = new YamlSequenceNode { Style = YamlDotNet.Core.Events.SequenceStyle.Flow };
        return this;
    }

    internal MetaYaml Set(string key, IReadOnlyList<Tag> tags)
    {
        var map = new YamlMappingNode { Style = tags.Count == 0 ? MappingStyle.Flow : MappingStyle.Block };
        foreach (Tag tag in tags.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            map.Children[new YamlScalarNode(tag.Key) { Style = StyleOf(tag.Key) }] = new YamlScalarNode(tag.Value) { Style = StyleOf(tag.Value) };
        }

        _values[key] = map;
        return this;
    }

    /// <summary>Writes the file in one step.</summary>
    internal void Write(string path) => WholeFile.Replace(path, Path.GetDirectoryName(path)!, Encoding.UTF8.GetBytes(ToString()));

    /// <summary>Returns what the file holds.</summary>
    public override string ToString()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        emitter.Emit(new MappingStart());
        foreach ((string key, YamlNode value) in _values)
        {
            emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, key, StyleOf(key), true, true));
            ((IYamlConvertible)value).Write(emitter, static (_, _) => { });
        }

        emitter.Emit(new MappingEnd());
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    internal static TrackingException Malformed(string path, string why, Exception? inner = null) => new(TrackingError.InternalError, $"{path} is malformed: {why}.", inner);

    private static YamlScalarNode Plain(string text) => new(text) { Style = ScalarStyle.Plain };

    private static string? Value(YamlNode node) => node is YamlScalarNode { Value: { } text, Style: var style } && !(style == ScalarStyle.Plain && text is "" or "null" or "Null" or "NULL" or "~") ? text : null;

    private static ScalarStyle StyleOf(string text) =>
        text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' || char.IsSurrogate(c)) ? ScalarStyle.DoubleQuoted
        : text.Length == 0 || text[0] is ' ' || text[^1] is ' ' or ':' || "-?:,[]{}#&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal)
            || text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal)
            || s_words.Contains(text, StringComparer.OrdinalIgnoreCase) || NumberLike.IsMatch(text) ? ScalarStyle.SingleQuoted
        : ScalarStyle.Plain;

    /// <summary>Numbers and dates of YAML 1.1, which Python reads, and of 1.2: also in base 60, with underscores, with an exponent.</summary>
    [GeneratedRegex(@"^([-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9_]+([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))|\.(nan|NaN|NAN)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberLike { get; }
}
