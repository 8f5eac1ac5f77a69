using System.Globalization;
using System.Reflection;

namespace MlOps.Onnx.Checking;

/// <summary>The operators of the ONNX standard, from operators.txt (made by operators.py).</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<(string Domain, string Name), List<OperatorSchema>> s_operators = Read();

    /// <summary>Domains whose operators ONNX Runtime has beyond the standard; what they take is not in the table.</summary>
    internal static IReadOnlySet<string> RuntimeDomains { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "com.microsoft", "com.microsoft.nchwc", "com.ms.internal.nhwc", "com.microsoft.experimental", "ai.onnx.preview", "ai.onnx.preview.training", "ai.onnx.training" };

    /// <summary>The newest version of an operator set that the table knows; 0 for an unknown domain.</summary>
    internal static long Newest(string domain) => s_operators.Where(entry => entry.Key.Domain == domain).Select(entry => entry.Value[^1].Since).DefaultIfEmpty(0).Max();

    internal static bool Knows(string domain) => s_operators.Keys.Any(key => key.Domain == domain);

    /// <summary>Whether the operator is there in any version.</summary>
    internal static bool Knows(string domain, string name) => s_operators.ContainsKey((domain, name));

    /// <summary>First version of the operator set that has the operator.</summary>
    internal static long First(string domain, string name) => s_operators[(domain, name)][0].Since;

    /// <summary>The operator as a version of its set has it; null if it has none of that name.</summary>
    internal static OperatorSchema? Find(string domain, string name, long version) =>
        s_operators.GetValueOrDefault((domain, name))?.FindLast(schema => schema.Since <= version);

    /// <summary>The last version of an operator before it was deprecated.</summary>
    internal static OperatorSchema? BeforeDeprecation(string domain, string name) => s_operators[(domain, name)].FindLast(schema => !schema.Deprecated);

    /// <summary>The operator whose name is most like a name that is not there, if one is.</summary>
    internal static string? MostLike(string domain, string name)
    {
        (string? best, int distance) = s_operators.Keys.Where(key => key.Domain == domain)
            .Select(key => ((string?)key.Name, EditDistance.Between(key.Name.ToUpperInvariant(), name.ToUpperInvariant())))
            .DefaultIfEmpty((null, int.MaxValue)).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, name.Length / 3) ? best : null;
    }

    private static Dictionary<(string, string), List<OperatorSchema>> Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("operators.txt")!;
        using var reader = new StreamReader(stream);
        var operators = new Dictionary<(string, string), List<OperatorSchema>>();
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ');
            (string, string) key = (OnnxGraph.Standard(parts[0]), parts[1]);
            if (!operators.TryGetValue(key, out List<OperatorSchema>? versions))
            {
                operators.Add(key, versions = []);
            }

            versions.Add(new OperatorSchema(
                Count(parts[2].TrimEnd('d')), parts[2].EndsWith('d'), (Count(parts[3]), Count(parts[4])), (Count(parts[5]), Count(parts[6])), parts.Skip(7).ToDictionary(Name, Kind)));
        }

        foreach (List<OperatorSchema> versions in operators.Values)
        {
            versions.Sort((a, b) => a.Since.CompareTo(b.Since));
        }

        return operators;
    }

    private static int Count(string text) => text == "*" ? int.MaxValue : int.Parse(text, CultureInfo.InvariantCulture);

    private static string Name(string attribute) => attribute[..attribute.IndexOf(':', StringComparison.Ordinal)];

    private static (OnnxAttributeType Type, bool Required) Kind(string attribute)
    {
        OnnxAttributeType type = attribute.TrimEnd('!')[^1] switch
        {
            'f' => OnnxAttributeType.Float,
            'i' => OnnxAttributeType.Int,
            's' => OnnxAttributeType.String,
            't' => OnnxAttributeType.Tensor,
            'g' => OnnxAttributeType.Graph,
            'x' => OnnxAttributeType.SparseTensor,
            'p' => OnnxAttributeType.TypeProto,
            'F' => OnnxAttributeType.Floats,
            'I' => OnnxAttributeType.Ints,
            'S' => OnnxAttributeType.Strings,
            'T' => OnnxAttributeType.Tensors,
            'G' => OnnxAttributeType.Graphs,
            'P' => OnnxAttributeType.TypeProtos,
            _ => OnnxAttributeType.SparseTensors,
        };
        return (type, attribute.EndsWith('!'));
    }
}
