namespace MlOps.Onnx.Checking;

/// <summary>One node against the operator it names: does that exist, and does the node give it what it needs?</summary>
internal sealed class NodeCheck(Findings findings, IReadOnlyDictionary<string, long> versions, IReadOnlySet<(string Domain, string Name)> functions)
{
    /// <summary>The same check with other versions of the operator sets.</summary>
    internal NodeCheck With(IReadOnlyDictionary<string, long> others) => new(findings, others, functions);

    internal void Check(OnnxNode node)
    {
        foreach (OnnxTensor tensor in node.Attribute.SelectMany(attribute => attribute.T is null ? (IEnumerable<OnnxTensor>)attribute.Tensors : [attribute.T, .. attribute.Tensors]))
        {
            TensorCheck.Check(tensor, node.Title, findings);
        }

        string domain = OnnxGraph.Standard(node.Domain);
        if (functions.Contains((domain, node.OpType)))
        {
            return;
        }

        if (Schema(node, domain) is { } schema)
        {
            Count(node, "inputs", Used(node.Input), node.Input.Count, schema.Inputs);
            Count(node, "outputs", Used(node.Output), node.Output.Count, schema.Outputs);
            CheckAttributes(node, schema);
            if (domain == GraphBuilder.MachineLearning)
            {
                CheckTrees(node);
            }
        }
    }

    private OperatorSchema? Schema(OnnxNode node, string domain)
    {
        if (node.OpType.Length == 0)
        {
            findings.Error(node.Title, "It names no operator.", "Set OpType.");
            return null;
        }

        bool known = OperatorTable.Knows(domain);
        if (!known && !OperatorTable.RuntimeDomains.Contains(domain))
        {
            findings.Error(node.Title, $"Its domain '{domain}' is unknown, and no function in the file defines it.", "ONNX Runtime needs a library of custom operators for it; export without it.");
            return null;
        }

        if (!versions.TryGetValue(domain, out long version))
        {
            findings.Error(node.Title, $"The model does not import the operator set '{(domain.Length == 0 ? "ai.onnx" : domain)}'.", "Add it to OpsetImport.");
            return null;
        }

        if (!known)
        {
            return null;
        }

        if (!OperatorTable.Knows(domain, node.OpType))
        {
            string? like = OperatorTable.MostLike(domain, node.OpType);
            findings.Error(node.Title, $"There is no operator '{node.OpType}' in {(domain.Length == 0 ? "ai.onnx" : domain)}.", like is null ? "ONNX Runtime cannot run it." : $"Is '{like}' meant?");
            return null;
        }

        OperatorSchema? schema = OperatorTable.Find(domain, node.OpType, version);
        if (schema is null)
        {
            findings.Error(node.Title, $"The operator is there from version {OperatorTable.First(domain, node.OpType)} on; the model imports version {version}.", "Import the newer operator set.");
        }
        else if (schema.Deprecated)
        {
            findings.Warning(node.Title, $"The operator is deprecated from version {schema.Since} on; the model imports version {version}.", "Import an older operator set, or export with its successor.");
            schema = OperatorTable.BeforeDeprecation(domain, node.OpType);
        }

        return schema;
    }

    private void CheckAttributes(OnnxNode node, OperatorSchema schema)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (OnnxAttribute attribute in node.Attribute)
        {
            if (!names.Add(attribute.Name))
            {
                findings.Error(node.Title, $"It has attribute '{attribute.Name}' twice.", "Keep one of them.");
            }
            else if (!schema.Attributes.TryGetValue(attribute.Name, out (OnnxAttributeType Type, bool Required) wanted))
            {
                findings.Error(node.Title, $"The operator has no attribute '{attribute.Name}'.", $"There are: {string.Join(", ", schema.Attributes.Keys.DefaultIfEmpty("none"))}.");
            }
            else if (attribute.Type != wanted.Type && attribute.Type != OnnxAttributeType.Undefined)
            {
                findings.Error(node.Title, $"Attribute '{attribute.Name}' holds {attribute.Type}; {wanted.Type} is needed.", "Set it anew with OnnxAttribute.Of.");
            }
        }

        foreach ((string name, _) in schema.Attributes.Where(attribute => attribute.Value.Required && !names.Contains(attribute.Key)))
        {
            findings.Error(node.Title, $"Attribute '{name}' is missing.", "The operator has no default for it.");
        }
    }

    /// <summary>The lists that describe a tree ensemble run in parallel.</summary>
    private void CheckTrees(OnnxNode node)
    {
        string[][] groups = node.OpType switch
        {
            "TreeEnsembleClassifier" => [s_treeNodes, ["class_treeids", "class_nodeids", "class_ids", "class_weights"]],
            "TreeEnsembleRegressor" => [s_treeNodes, ["target_treeids", "target_nodeids", "target_ids", "target_weights"]],
            _ => [],
        };
        foreach (string[] group in groups)
        {
            (string Name, int Count)[] lists = [.. group.Select(name => (name, Length(node.Find(name))))];
            if (Array.Find(lists, list => list.Count > 0 && list.Count != lists[0].Count) is { Name: not null } odd)
            {
                findings.Error(node.Title, $"Attribute '{lists[0].Name}' has {lists[0].Count} values, '{odd.Name}' has {odd.Count}.", "These lists run in parallel: one entry a tree node or leaf.");
            }
        }
    }

    private static readonly string[] s_treeNodes =
        ["nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_values", "nodes_modes", "nodes_truenodeids", "nodes_falsenodeids", "nodes_hitrates", "nodes_missing_value_tracks_true"];

    private static int Length(OnnxAttribute? attribute) => attribute is null ? 0 : attribute.Ints.Count + attribute.Floats.Count + attribute.Strings.Count;

    private void Count(OnnxNode node, string what, int used, int listed, (int Least, int Most) allowed)
    {
        if (used < allowed.Least || listed > allowed.Most)
        {
            string range = allowed.Most == int.MaxValue ? $"at least {allowed.Least}" : allowed.Least == allowed.Most ? $"{allowed.Least}" : $"{allowed.Least} to {allowed.Most}";
            findings.Error(node.Title, $"It has {(used < allowed.Least ? used : listed)} {what}; the operator has {range}.", "Look the operator up in the standard's list of operators.");
        }
    }

    /// <summary>Values up to the last that is not left out.</summary>
    private static int Used(IReadOnlyList<string> names)
    {
        int used = names.Count;
        while (used > 0 && names[used - 1].Length == 0)
        {
            used--;
        }

        return used;
    }
}
