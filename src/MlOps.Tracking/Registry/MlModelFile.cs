using MlOps.Tracking.Stores;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOps.Tracking.Registry;

/// <summary>What the registry reads of the file <c>MLmodel</c> that stands beside a model.</summary>
/// <param name="Signature">What the model takes and gives; null if the file does not say.</param>
/// <param name="ExamplePath">The file with an example of the input, if that is a table; null if not.</param>
internal sealed record MlModelFile(ModelSignature? Signature, string? ExamplePath)
{
    private const string Name = "MLmodel";

    /// <summary>Reads the file; null if there is none.</summary>
    /// <exception cref="FormatException">It is no YAML, or its signature cannot be understood.</exception>
    internal static MlModelFile? Read(IArtifactStore files) => ModelRegistry.ReadText(files, Name) is { } text ? Parse(text) : null;

    internal static MlModelFile Parse(string text)
    {
        YamlMappingNode root = Root(text);
        ModelSignature? signature = Child(root, "signature") is YamlMappingNode fields ? ModelSignature.Parse(Text(fields, "inputs"), Text(fields, "outputs")) : null;
        string? example = Child(root, "saved_input_example_info") is YamlMappingNode info && Text(info, "type") == "dataframe" ? Text(info, "artifact_path") : null;
        return new MlModelFile(signature, example);
    }

    private static YamlMappingNode Root(string text)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new FormatException($"The file {Name} is no YAML: {e.Message}", e);
        }

        return yaml.Documents is [{ RootNode: YamlMappingNode root }] ? root : throw new FormatException($"The file {Name} is YAML, but no mapping.");
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;

    private static string? Text(YamlMappingNode node, string key) =>
        Child(node, key) is YamlScalarNode { Value: { } value } scalar && !(scalar.Style == ScalarStyle.Plain && value is "null" or "~" or "") ? value : null;
}
