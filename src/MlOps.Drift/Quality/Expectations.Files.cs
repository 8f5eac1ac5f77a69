using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

using MlOps.Data.Identifiers;
namespace MlOps.Drift.Quality;

public sealed partial record Expectations
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the rules as YAML that <see cref="FromYaml"/> reads back to an equal list.</summary>
    /// <remarks>The order is that of the list, the keys of a rule have a fixed order, and what is usual (severity error, mostly 1) is left out: equal
    /// lists give equal bytes. Numbers read back to the same double.</remarks>
    public string ToYaml()
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        var fields = new YamlFieldWriter(emitter);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, [], isImplicit: true));
        emitter.Emit(new MappingStart());
        fields.Text("name", Name);
        if (PersonalColumns.Count > 0)
        {
            emitter.Emit(new Scalar("personal_data"));
            emitter.Emit(new MappingStart());
            foreach ((string column, PersonalDataKind kind) in PersonalColumns)
            {
                fields.Text(column, PersonalDataKinds.Name(kind));
            }

            emitter.Emit(new MappingEnd());
        }

        emitter.Emit(new Scalar("expectations"));
        emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, Rules.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
        foreach (Expectation rule in Rules)
        {
            emitter.Emit(new MappingStart());
            fields.Write(rule);
            emitter.Emit(new MappingEnd());
        }

        emitter.Emit(new SequenceEnd());
        emitter.Emit(new MappingEnd());
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    /// <summary>Reads rules from YAML.</summary>
    /// <param name="text">A mapping with <c>expectations</c> (a list of rules), and optionally <c>name</c> and <c>personal_data</c> (column: kind).</param>
    /// <exception cref="ExpectationsFormatException">The text is no YAML, a key is unknown or missing, a value does not fit, or a rule is there twice. The
    /// message names line and column, and the nearest known word for one that is unknown.</exception>
    public static Expectations FromYaml(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw FieldReader.Error(e.Start, (e.InnerException?.Message ?? e.Message).TrimEnd('.'), e);
        }

        if (stream.Documents.Count != 1)
        {
            throw new ExpectationsFormatException($"one YAML document is needed; got {stream.Documents.Count}.", 1, 1);
        }

        return new FieldReader(stream.Documents[0].RootNode, "a list of expectations").Build(fields => new Expectations(
            fields.OptionalText("name") ?? "expectations",
            ReadRules(fields.Need("expectations")),
            Personal(fields.Take("personal_data"))));
    }

    /// <summary>Writes the rules as JSON: <c>{"name", "personalData": {column: kind}, "expectations": [{"expect", "column", …}]}</c>, the fields of a rule as in YAML.</summary>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_json with { Indented = indented }))
        {
            json.WriteStartObject();
            json.WriteString("name", Name);
            json.WriteStartObject("personalData");
            foreach ((string column, PersonalDataKind kind) in PersonalColumns)
            {
                json.WriteString(column, PersonalDataKinds.Name(kind));
            }

            json.WriteEndObject();
            json.WriteStartArray("expectations");
            var fields = new JsonFieldWriter(json);
            foreach (Expectation rule in Rules)
            {
                json.WriteStartObject();
                fields.Write(rule);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<Expectation> ReadRules(YamlNode node)
    {
        if (node is not YamlSequenceNode list)
        {
            throw FieldReader.Error(node, "'expectations' is a list of rules, each beginning with '- expect: …'");
        }

        var rules = new List<Expectation>();
        foreach (YamlNode item in list)
        {
            Expectation rule = ExpectationKinds.Read(new FieldReader(item, "a rule"));
            if (rules.Contains(rule))
            {
                throw FieldReader.Error(item, $"the rule '{rule}' is there twice");
            }

            rules.Add(rule);
        }

        return rules;
    }

    private static Dictionary<string, PersonalDataKind> Personal(YamlNode? node)
    {
        var kinds = new Dictionary<string, PersonalDataKind>(StringComparer.Ordinal);
        if (node is null)
        {
            return kinds;
        }

        var fields = new FieldReader(node, "'personal_data'");
        foreach (YamlNode key in ((YamlMappingNode)node).Children.Keys)
        {
            string column = ((YamlScalarNode)key).Value!;
            kinds.Add(column, (PersonalDataKind)fields.OneOf(column, PersonalDataKinds.Names));
        }

        return kinds;
    }
}
