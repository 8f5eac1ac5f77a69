using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOps.Fairness.Cards;

/// <summary>The answers that a person wrote into a YAML or JSON file. Immutable.</summary>
/// <remarks>
/// <c>kind: model-card</c> says what the answers are for (optional), <c>answers:</c> holds one entry a question: a text, a list of texts, or for
/// check-lists <c>status</c>, <c>evidence</c> and <c>reason</c>. An empty value is no answer. The document checks the keys, so that a typing error is
/// told and not lost.
/// </remarks>
/// <param name="kind">What the answers are for; null if the file does not say.</param>
/// <param name="entries">The answers by key.</param>
public sealed class CardAnswers(string? kind, IReadOnlyDictionary<string, CardAnswer> entries)
{
    /// <summary>Gets no answers at all.</summary>
    public static CardAnswers None { get; } = new(null, new Dictionary<string, CardAnswer>());

    /// <summary>Gets what the answers are for, such as <c>model-card</c>; null if the file does not say.</summary>
    public string? Kind { get; } = kind;

    /// <summary>Gets the answers by key.</summary>
    public IReadOnlyDictionary<string, CardAnswer> Entries { get; } = entries;

    /// <summary>Reads YAML, or JSON if the text begins with a brace.</summary>
    /// <exception cref="CardFormatException">The text is neither, a key is there twice, or an answer is of another form; the message tells the line.</exception>
    public static CardAnswers Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().TrimStart().StartsWith("{") ? FromJson(text) : FromYaml(text);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CardFormatException">As with <see cref="Parse"/>; the message begins with the path.</exception>
    public static CardAnswers Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (CardFormatException e)
        {
            throw new CardFormatException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Refuses answers that are for something else or have keys that nobody asks for.</summary>
    /// <exception cref="CardFormatException">They have; the message names the nearest key there is.</exception>
    internal void MustFit(string kind, IEnumerable<string> keys)
    {
        if (Kind is not null && Kind != kind)
        {
            throw new CardFormatException($"These answers are for '{Kind}', not for '{kind}'.");
        }

        string[] known = [.. keys];
        foreach ((string key, CardAnswer answer) in Entries)
        {
            if (!known.Contains(key, StringComparer.Ordinal))
            {
                string nearest = known.MinBy(other => EditDistance.Between(key, other))!;
                string place = answer.Line > 0 ? FormattableString.Invariant($" (line {answer.Line})") : "";
                throw new CardFormatException($"'{key}'{place} is no question of '{kind}'; the nearest is '{nearest}'.");
            }
        }
    }

    private static CardAnswers FromYaml(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new CardFormatException(FormattableString.Invariant($"line {e.Start.Line}, column {e.Start.Column}: {(e.InnerException?.Message ?? e.Message).TrimEnd('.')}."), e);
        }

        if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            throw new CardFormatException("line 1: an answer file is one mapping with 'answers:'.");
        }

        string? kind = null;
        var entries = new Dictionary<string, CardAnswer>(StringComparer.Ordinal);
        bool found = false;
        foreach ((YamlNode key, YamlNode value) in root.Children)
        {
            switch (Key(key))
            {
                case "kind":
                    kind = Text(value);
                    break;
                case "answers":
                    found = true;
                    foreach ((YamlNode name, YamlNode answer) in Mapping(value, "'answers'"))
                    {
                        entries.Add(Key(name), new CardAnswer(answer is YamlMappingNode ? [] : Lines(answer), answer is YamlMappingNode parts ? parts.Children.ToDictionary(part => Key(part.Key), part => Lines(part.Value)) : new Dictionary<string, IReadOnlyList<string>>(), name.Start.Line));
                    }

                    break;
                case { } other:
                    throw At(key, $"'{other}' is unknown; there are: kind, answers");
            }
        }

        return found ? new CardAnswers(kind, entries) : throw At(root, "'answers' is missing");
    }

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Mapping(YamlNode node, string what) => node switch
    {
        YamlMappingNode mapping => mapping.Children,
        YamlScalarNode { Value: null or "" } => [],
        _ => throw At(node, $"{what} is written as 'question: answer' lines"),
    };

    private static IReadOnlyList<string> Lines(YamlNode node) => node switch
    {
        YamlSequenceNode list => [.. list.Select(Text).OfType<string>()],
        _ => Text(node) is { } text ? [text] : [],
    };

    /// <summary>Null for what YAML calls null and for blank text: nobody answered.</summary>
    private static string? Text(YamlNode node) => node is not YamlScalarNode scalar ? throw At(node, "a text is needed here")
        : string.IsNullOrWhiteSpace(scalar.Value) || (scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null") ? null
        : scalar.Value.Trim();

    private static string Key(YamlNode node) => (node as YamlScalarNode)?.Value ?? throw At(node, "a key is a word");

    private static CardFormatException At(YamlNode node, string problem) =>
        new(FormattableString.Invariant($"line {node.Start.Line}, column {node.Start.Column}: {problem}."));

    private static CardAnswers FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            string? kind = null;
            Dictionary<string, CardAnswer>? entries = null;
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                switch (property.Name)
                {
                    case "kind":
                        kind = property.Value.GetString();
                        break;
                    case "answers" when property.Value.ValueKind == JsonValueKind.Object:
                        entries = property.Value.EnumerateObject().ToDictionary(entry => entry.Name, entry => Answer(entry.Value));
                        break;
                    default:
                        throw new CardFormatException($"'{property.Name}' is unknown or no object; there are: kind, answers.");
                }
            }

            return entries is null ? throw new CardFormatException("'answers' is missing.") : new CardAnswers(kind, entries);
        }
        catch (JsonException e)
        {
            throw new CardFormatException(FormattableString.Invariant($"line {e.LineNumber + 1}: this is no JSON: {e.Message}"), e);
        }
        catch (InvalidOperationException e)
        {
            throw new CardFormatException($"'kind' is a text: {e.Message}", e);
        }
    }

    private static CardAnswer Answer(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? new CardAnswer([], value.EnumerateObject().ToDictionary(part => part.Name, part => Lines(part.Value)))
        : CardAnswer.Of(Lines(value));

    private static IReadOnlyList<string> Lines(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Lines)],
        JsonValueKind.Object => throw new CardFormatException("An answer is a text, a list of texts, or one object of those."),
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()) ? [] : [value.GetString()!.Trim()],
        _ => [value.GetRawText()],
    };
}
