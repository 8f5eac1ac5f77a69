using System.Globalization;
using MlOps.Onnx;

namespace MlOps.Explain.Shapley;

/// <summary>An ONNX file with one ensemble of trees as a sum of trees.</summary>
internal static class OnnxTrees
{
    private const string Alternative = "Kernel SHAP explains any model: open the file with OnnxModel and describe it with ExplainedModel.Of.";

    private static readonly string[] s_operators = ["TreeEnsemble", "TreeEnsembleClassifier", "TreeEnsembleRegressor"];
    private static readonly string[] s_sameValue = ["Identity", "Cast"];
    private static readonly string[] s_transforms = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"]; // as TreeEnsemble numbers them
    private static readonly string[] s_aggregates = ["AVERAGE", "SUM", "MIN", "MAX"];

    internal static TreeSum Of(OnnxFile file, string? @class)
    {
        OnnxGraph graph = file.Graph ?? throw new OnnxException("There is no graph in the file.");
        OnnxNode[] ensembles = [.. s_operators.SelectMany(name => graph.NodesOf(name, GraphBuilder.MachineLearning))];
        if (ensembles.Length != 1)
        {
            throw new ArgumentException($"Tree SHAP needs one ensemble of trees in the file (TreeEnsembleClassifier, TreeEnsembleRegressor or TreeEnsemble); there are {ensembles.Length}. {Alternative}", nameof(file));
        }

        OnnxNode node = ensembles[0];
        (OnnxValue input, bool single) = InputOf(file, node);
        TreeSum sum = node.OpType == "TreeEnsembleClassifier" ? Classifier(file, node, @class) : Regressor(file, graph, node, @class);
        int asked = 1 + sum.Trees.Max(tree => tree.Max(branch => branch.Feature));
        int count = input.Dims is { Count: 2 } dims && dims[1] > 0 ? (int)dims[1] : Math.Max(asked, file.Facts.Features.Count);
        if (asked > count)
        {
            throw new OnnxException($"{node.Title} asks for feature {asked - 1}; input '{input.Name}' has {count} columns.");
        }

        return sum with
        {
            FeatureNames = file.Facts.Features.Count == count ? file.Facts.Features : [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"x{i}"))],
            FeatureCount = count,
            HasCover = OnnxTreeNodes.HaveCover(sum.Trees),
            IsSingle = single,
        };
    }

    /// <summary>The input of the graph that the trees read as it is, and whether they read it in single precision.</summary>
    private static (OnnxValue Input, bool Single) InputOf(OnnxFile file, OnnxNode ensemble)
    {
        OnnxGraph graph = file.Graph;
        string value = ensemble.Input[0];
        bool single = false;
        while (graph.Producer(value) is { } producer)
        {
            bool cast = producer.OpType == "Cast" && (OnnxElementType)producer.GetInt("to") is OnnxElementType.Float or OnnxElementType.Double;
            if (!cast && producer.OpType != "Identity")
            {
                throw new ArgumentException(
                    $"{producer.Title} stands between the input and the trees, so they read other features than the file does. Take the trees out of the pipeline and explain them on what it makes of the rows; or else: {Alternative}",
                    nameof(file));
            }

            single |= cast && (OnnxElementType)producer.GetInt("to") == OnnxElementType.Float;
            value = producer.Input[0];
        }

        OnnxValue input = graph.FedInputs().FirstOrDefault(fed => fed.Name == value) ?? throw new OnnxException($"{ensemble.Title} reads '{value}', which is no input.");
        return (input, single || input.ElementType != OnnxElementType.Double);
    }

    /// <summary>As ONNX Runtime reads the node; where it does not read what stands there, the file is refused.</summary>
    private static TreeSum Classifier(OnnxFile file, OnnxNode node, string? @class)
    {
        IReadOnlyList<string> texts = node.GetTexts("classlabels_strings");
        IReadOnlyList<string> classes = texts.Count > 0 ? texts : [.. node.GetInts("classlabels_int64s").Select(label => label.ToString(CultureInfo.InvariantCulture))];
        int place = classes.Count > 0 ? ModelTrees.Place(classes, @class) : throw new OnnxException($"{node.Title} names no classes.");
        double[] bases = OnnxTreeNodes.Numbers(node, "base_values");
        long[] ids = [.. node.GetInts("class_ids").Distinct()];
        string output = NameOf(node.GetText("post_transform", "NONE"), classes[place], "score");
        if (classes.Count != 2)
        {
            return Sum(OnnxTreeNodes.Read(node, "class", id => id == place ? 1 : 0), Base(node, bases, classes.Count, place), output);
        }

        if (ids.Length == 2)
        {
            return bases.Length == 0
                ? Sum(OnnxTreeNodes.Read(node, "class", id => id == place ? 1 : 0), 0, output)
                : throw Misread(file, node, "two classes with votes for both and base values");
        }

        if (ids is not [0])
        {
            return bases.Length == 0 && place == 1
                ? Sum(OnnxTreeNodes.Read(node, "class", _ => 1), 0, output)
                : throw Misread(file, node, "two classes with all votes for the second, and base values or the first class asked for");
        }

        double start = bases.Length switch { 0 => 0, 1 => bases[0], _ => throw Misread(file, node, "two classes with votes for one and two base values") };
        bool shares = node.GetText("post_transform", "NONE") == "NONE" && OnnxTreeNodes.Numbers(node, "class_weights").All(weight => weight >= 0);
        return place == 1 ? Sum(OnnxTreeNodes.Read(node, "class", _ => 1), start, output)
            : Sum(OnnxTreeNodes.Read(node, "class", _ => -1), (shares ? 1 : 0) - start, output); // 1 − p, or −log-odds
    }

    private static TreeSum Regressor(OnnxFile file, OnnxGraph graph, OnnxNode node, string? @class)
    {
        bool split = node.OpType == "TreeEnsemble";
        string aggregate = split ? Option(node, "aggregate_function", s_aggregates, 1) : node.GetText("aggregate_function", "SUM");
        string transform = split ? Option(node, "post_transform", s_transforms, 0) : node.GetText("post_transform", "NONE");
        if (aggregate is not ("SUM" or "AVERAGE"))
        {
            throw new ArgumentException($"{node.Title} takes the {aggregate} of the trees, which is no sum of theirs. {Alternative}", nameof(file));
        }

        int targets = (int)node.GetInt("n_targets", 1);
        IReadOnlyList<string> classes = file.Facts.Classes;
        bool logOdds = targets == 1 && classes.Count == 2;
        string[] names = logOdds || (targets > 1 && classes.Count == targets) ? [.. classes] : [.. Enumerable.Range(0, targets).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        if (names.Length == 1 && @class is not null)
        {
            throw new ArgumentException($"The model predicts one number; there is no class '{@class}'.", nameof(@class));
        }

        int place = ModelTrees.Place(names, @class);
        double sign = logOdds && place == 0 ? -1 : 1;
        int target = logOdds ? 0 : place;
        double Factor(long id) => id == target ? sign : 0;
        IReadOnlyList<Branch[]> trees = split ? OnnxTreeNodes.ReadSplit(node, Factor) : OnnxTreeNodes.Read(node, "target", Factor);
        if (aggregate == "AVERAGE")
        {
            trees = [.. trees.Select(tree => Array.ConvertAll(tree, branch => branch with { Value = branch.Value / trees.Count }))];
        }

        double start = split ? 0 : Base(node, OnnxTreeNodes.Numbers(node, "base_values"), targets, target);
        (double added, string? next) = Behind(graph, node.Output[0], targets, target);
        string? after = transform != "NONE" && split ? transform : next switch { "Sigmoid" => "LOGISTIC", "Softmax" => "SOFTMAX", _ => next };
        if (logOdds && after != "LOGISTIC")
        {
            throw new ArgumentException($"The file names two classes, but {node.Title} makes one number that no Sigmoid turns into a probability: what it stands for is not known. {Alternative}", nameof(file));
        }

        string plain = classes.Count > 1 ? "probability" : "prediction";
        string output = names.Length == 1 ? after is null ? "prediction" : NameOf(after, "the prediction", plain) : NameOf(after ?? "NONE", names[place], plain);
        return Sum(trees, sign * (start + added), output);
    }

    /// <summary>What is added behind the trees, as our boosted models do, and the operator that changes their sum after that; null if none does.</summary>
    private static (double Added, string? Operator) Behind(OnnxGraph graph, string value, int targets, int target)
    {
        double added = 0;
        while (true)
        {
            OnnxNode[] readers = [.. Readers(graph, value).Where(reader => reader.OpType is not ("ArgMax" or "ZipMap"))];
            if (readers.Length == 0)
            {
                return (added, null);
            }

            OnnxNode reader = readers[0];
            double[]? constant = readers.Length == 1 && reader.OpType == "Add" ? reader.Input.Select(graph.Constant).FirstOrDefault(found => found is not null)?.ToDoubles() : null;
            if (constant is null || (constant.Length != 1 && constant.Length != targets))
            {
                return (added, reader.OpType);
            }

            added += constant[constant.Length == 1 ? 0 : target];
            value = reader.Output[0];
        }
    }

    /// <summary>Who reads a value, under its own name or another.</summary>
    private static IEnumerable<OnnxNode> Readers(OnnxGraph graph, string value) =>
        graph.Consumers(value).SelectMany(reader => s_sameValue.Contains(reader.OpType) ? Readers(graph, reader.Output[0]) : [reader]);

    private static string NameOf(string after, string name, string plain) => after switch
    {
        "NONE" => $"{plain} of {name}",
        "LOGISTIC" => $"log-odds of {name}",
        "SOFTMAX" or "SOFTMAX_ZERO" => $"raw score of {name}",
        "PROBIT" => $"probit of {name}",
        _ => $"sum of the trees for {name}, before {after}",
    };

    private static string Option(OnnxNode node, string name, string[] names, long usual) =>
        node.GetInt(name, usual) is var number && number >= 0 && number < names.Length ? names[number] : throw new OnnxException($"{node.Title}: {name} is {number}.");

    private static double Base(OnnxNode node, double[] bases, int outputs, int output) =>
        bases.Length == 0 ? 0 : bases.Length == outputs ? bases[output] : throw new OnnxException($"{node.Title}: {outputs} outputs need as many base values; there are {bases.Length}.");

    private static ArgumentException Misread(OnnxFile file, OnnxNode node, string layout) =>
        new($"{node.Title} in '{file.Graph.Name}' has {layout}, a layout that ONNX Runtime reads otherwise than it stands there. {Alternative}", nameof(file));

    private static TreeSum Sum(IReadOnlyList<Branch[]> trees, double baseValue, string output) => new(trees, baseValue, [], 0, output, false, true, true);
}
