namespace MlOps.Onnx.Checking;

/// <summary>Checks a model against the standard before it is run or sent on.</summary>
/// <remarks>
/// Looks at names, order, operators with their inputs, outputs and attributes, and at the sizes of constants, also in nested graphs and functions. It does
/// not infer the shapes of values in between: ONNX Runtime does, when it loads the model.
/// </remarks>
public static class OnnxChecker
{
    // What the course's ONNX Runtime, 1.29, reads.
    internal const long NewestFormat = 13;
    internal const long NewestOperators = 26;
    internal const long NewestMachineLearning = 5;

    /// <summary>Lists what is wrong with a model; nothing if all is well.</summary>
    /// <returns>Findings in the order of the file.</returns>
    public static IReadOnlyList<OnnxFinding> Check(OnnxFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var findings = new Findings();
        IReadOnlyDictionary<string, long> versions = CheckHeader(file, findings);
        if (file.Graph is null)
        {
            findings.Error("model", "There is no graph in it.", "Export the model again.");
            return findings.All;
        }

        var nodes = new NodeCheck(findings, versions, file.Functions.Select(function => (OnnxGraph.Standard(function.Domain), function.Name)).ToHashSet());
        new GraphCheck(findings, nodes).Check(file.Graph, "graph");
        foreach (OnnxFunction function in file.Functions)
        {
            CheckFunction(function, versions, findings, nodes);
        }

        return findings.All;
    }

    private static Dictionary<string, long> CheckHeader(OnnxFile file, Findings findings)
    {
        if (file.IrVersion < 1)
        {
            findings.Error("model", "It has no format version (ir_version).", "Set IrVersion to 8.");
        }
        else if (file.IrVersion > NewestFormat)
        {
            findings.Error("model", $"Its format version is {file.IrVersion}; ONNX Runtime here reads up to {NewestFormat}.", "Export it with an older format, or use a newer ONNX Runtime.");
        }

        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (OnnxOperatorSet set in file.OpsetImport)
        {
            string domain = OnnxGraph.Standard(set.Domain);
            string name = domain.Length == 0 ? "ai.onnx" : domain;
            long newest = domain switch { "" => NewestOperators, GraphBuilder.MachineLearning => NewestMachineLearning, _ => long.MaxValue };
            if (!versions.TryAdd(domain, set.Version))
            {
                findings.Error("model", $"It imports the operator set {name} twice.", "Keep one of them.");
            }

            if (set.Version < 1 || set.Version > newest)
            {
                findings.Error("model", $"It needs version {set.Version} of the operator set {name}; ONNX Runtime here has 1 to {newest}.", "Export it for a version in that range; 17 is read everywhere.");
            }
        }

        if (versions.Count == 0)
        {
            findings.Error("model", "It imports no operator set.", "Add one to OpsetImport, such as version 17 of \"\".");
        }

        return versions;
    }

    private static void CheckFunction(OnnxFunction function, IReadOnlyDictionary<string, long> versions, Findings findings, NodeCheck nodes)
    {
        // A function is a graph that has attributes in place of constants and names its own operator sets.
        var own = new Dictionary<string, long>(versions, StringComparer.Ordinal);
        foreach (OnnxOperatorSet set in function.OpsetImport)
        {
            own[OnnxGraph.Standard(set.Domain)] = set.Version;
        }

        var body = new OnnxGraph { Name = function.Name };
        body.Input.AddRange(function.Input.Select(name => new OnnxValue { Name = name, Type = new OnnxType() }));
        body.Output.AddRange(function.Output.Select(name => new OnnxValue { Name = name }));
        body.Node.AddRange(function.Node);
        new GraphCheck(findings, nodes.With(own)).Check(body, $"function {function.Name}");
    }
}
