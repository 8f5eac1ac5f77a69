using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOps.Drift.Monitoring;

/// <summary>A place in a YAML file that knows its line, so that whatever is wrong there can be told in one sentence.</summary>
internal sealed class ConfigNode
{
    private readonly string _file;
    private readonly YamlNode? _node;
    private readonly string _key;
    private readonly Mark _start;

    private ConfigNode(string file, YamlNode? node, string key, Mark start) => (_file, _node, _key, _start) = (file, node, key, start);

    internal bool IsThere => _node is not null and not YamlScalarNode { Value: null or "" or "~" or "null" };

    internal bool IsMap => _node is YamlMappingNode;

    /// <summary>The name of the key this is the value of.</summary>
    internal string Key => _key;

    internal static ConfigNode Parse(string text, string file)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents is [var document, ..]
                ? new ConfigNode(file, document.RootNode, "", document.RootNode.Start)
                : throw new InvalidDataException($"{file}: the file is empty; './mlops monitor init --reference data.csv' writes one.");
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{file}, line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (InvalidOperationException e) // YamlDotNet's answer to some brackets that are not closed; it names no line
        {
            throw new InvalidDataException($"{file}: this is no YAML: a bracket or a quote is not closed.", e);
        }
    }

    /// <summary>Checks that this is a map and has only known keys.</summary>
    internal ConfigNode Knows(params string[] keys)
    {
        foreach (YamlNode key in Map().Children.Keys)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (!keys.Contains(name))
            {
                string? near = keys.MinBy(k => EditDistance.Between(k, name));
                string hint = near is not null && EditDistance.Between(near, name) <= 2 ? $"did you mean '{near}'?" : $"known here: {string.Join(", ", keys)}.";
                throw new InvalidDataException(FormattableString.Invariant($"{_file}, line {key.Start.Line}: unknown key '{name}'{Under}; {hint}"));
            }
        }

        return this;
    }

    internal ConfigNode this[string key] => _node is null ? new ConfigNode(_file, null, key, _start)
        : Map().Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? new ConfigNode(_file, value, key, value.Start)
        : new ConfigNode(_file, null, key, _start);

    /// <summary>The one key of a map, as in <c>- drift: {…}</c>, or a plain word, as in <c>- console</c>.</summary>
    internal ConfigNode Only() => _node switch
    {
        YamlMappingNode { Children.Count: 1 } map => new ConfigNode(_file, map.Children.First().Value, ((YamlScalarNode)map.Children.First().Key).Value ?? "", map.Start),
        YamlScalarNode { Value: { Length: > 0 } word } => new ConfigNode(_file, null, word, _start),
        _ => throw Wrong("expected one entry such as 'volume: {…}'"),
    };

    internal IEnumerable<ConfigNode> Items() =>
        !IsThere ? []
        : _node is YamlSequenceNode list ? list.Children.Select(item => new ConfigNode(_file, item, _key, item.Start))
        : throw Wrong("expected a list, each entry on a line that begins with '-'");

    internal IEnumerable<(string Key, ConfigNode Value)> Entries() =>
        IsThere ? Map().Children.Select(e => (((YamlScalarNode)e.Key).Value ?? "", new ConfigNode(_file, e.Value, ((YamlScalarNode)e.Key).Value ?? "", e.Value.Start))) : [];

    internal string? Text() => !IsThere ? null : _node is YamlScalarNode scalar ? scalar.Value : throw Wrong("expected a text");

    internal string Needed() => Text() is { Length: > 0 } text ? text : throw Wrong("is needed");

    internal double? Number() =>
        Text() is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number
        : throw Wrong($"expected a number such as 0.25, got '{text}'");

    internal int? Whole(int minimum) =>
        Text() is not { } text ? null
        : int.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number >= minimum ? number
        : throw Wrong($"expected a whole number of at least {minimum.ToString(CultureInfo.InvariantCulture)}, got '{text}'");

    /// <summary>A time such as 90s, 15m, 6h, 7d, 2w.</summary>
    internal TimeSpan? Duration()
    {
        if (Text() is not { } text)
        {
            return null;
        }

        double? unit = text.Length == 0 ? null : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'w' => 604_800, _ => null };
        return unit is { } seconds && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count) && count * seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(count * seconds)
            : throw Wrong($"expected a time such as 90s, 15m, 6h, 7d or 2w, got '{text}'");
    }

    internal T? Word<T>()
        where T : struct, Enum
    {
        if (Text() is not { } text)
        {
            return null;
        }

        return Enum.GetNames<T>().FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<T>(found)
            : throw Wrong($"expected one of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}, got '{text}'");
    }

    /// <summary>Texts, as a list or as one text.</summary>
    internal IReadOnlyList<string>? Texts() => !IsThere ? null : _node is YamlScalarNode ? [Needed()] : [.. Items().Select(item => item.Needed())];

    internal InvalidDataException Wrong(string what) => new(FormattableString.Invariant($"{_file}, line {_start.Line}: {(_key.Length > 0 ? $"'{_key}': " : "")}{what}."));

    private string Under => _key.Length == 0 ? "" : $" under '{_key}'";

    private YamlMappingNode Map() => _node as YamlMappingNode ?? throw Wrong("expected keys with values, such as 'rows: 1000'");
}
