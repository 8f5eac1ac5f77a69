using System.Globalization;
using System.Text;

namespace MlOps.Drift.Monitoring;

/// <summary>Samples sorted into families, as the format wants them: help and type once, and all samples of a name together.</summary>
/// <param name="common">The label that every sample carries.</param>
internal sealed class PrometheusFamilies((string Name, string Value) common)
{
    private readonly Dictionary<string, Family> _families = new(StringComparer.Ordinal);

    /// <summary>Adds a sample; one with the same labels takes the place of the earlier, as the format allows each once.</summary>
    internal void Add(string name, string type, string help, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        if (!_families.TryGetValue(name, out Family? family))
        {
            _families.Add(name, family = new Family(type, help, new Dictionary<string, double>(StringComparer.Ordinal)));
        }

        var text = new StringBuilder("{");
        Append(text, common.Name, common.Value);
        foreach ((string label, string labelValue) in labels)
        {
            Append(text.Append(','), label, labelValue);
        }

        family.Samples[text.Append('}').ToString()] = value;
    }

    /// <summary>Returns the text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string name, Family family) in _families)
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(family.Help).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(family.Type).Append('\n');
            foreach ((string labels, double value) in family.Samples)
            {
                text.Append(name).Append(labels).Append(' ').Append(Number(value)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string label, string value) => text.Append(label).Append("=\"")
        .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
        .Append('"');

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private sealed record Family(string Type, string Help, Dictionary<string, double> Samples);
}
