namespace MlOps.Onnx;

public sealed partial class OnnxFile
{
    /// <summary>Gets the facts about the model by name, as ONNX Runtime and other tools show them. A copy; <see cref="SetMetadata"/> writes.</summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        get
        {
            var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (OnnxProperty property in MetadataProps)
            {
                facts[property.Key] = property.Value;
            }

            return facts;
        }
    }

    /// <summary>Gets or sets what the course's own tools say about a model: its features, classes, training data.</summary>
    /// <exception cref="OnnxException">The metadata hold something else under a name that starts with <c>mlops.</c>.</exception>
    public ModelFacts Facts
    {
        get => ModelFacts.Of(Metadata);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach ((string key, string? text) in value.ToMetadata())
            {
                SetMetadata(key, text);
            }
        }
    }

    /// <summary>Writes a fact about the model, in place of the one of that name; null takes it out.</summary>
    public void SetMetadata(string key, string? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        foreach (OnnxProperty old in MetadataProps.Where(property => property.Key == key).ToList())
        {
            MetadataProps.Remove(old);
        }

        if (value is not null)
        {
            MetadataProps.Add(new OnnxProperty { Key = key, Value = value });
        }
    }
}
