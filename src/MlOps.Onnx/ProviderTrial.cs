namespace MlOps.Onnx;

/// <summary>Whether a provider can compute on this machine. Being built into ONNX Runtime is not enough: it also needs its libraries and a device.</summary>
/// <param name="Name">As in <see cref="OnnxModelOptions.Providers"/>.</param>
/// <param name="Problem">Why it cannot; null if it computed.</param>
public sealed record ProviderTrial(string Name, string? Problem)
{
    /// <summary>Lets each provider compute one number: those built into ONNX Runtime and those that <see cref="DefaultProviders"/> names. The CPU comes last.</summary>
    /// <exception cref="ArgumentException">The environment variable names no provider.</exception>
    /// <exception cref="OnnxException">There is no native library for this machine.</exception>
    public static IReadOnlyList<ProviderTrial> All() =>
        [.. OnnxRuntimeInfo.Current().Providers.Union(DefaultProviders.Names).Where(name => name != "cpu").Append("cpu").Select(Of)];

    /// <summary>Returns it as one line.</summary>
    public override string ToString() => Problem is null ? $"{Name}: computes" : $"{Name}: {Problem}";

    /// <summary>A model of one node.</summary>
    internal static OnnxModel Start(IReadOnlyList<string> providers)
    {
        var graph = new GraphBuilder("trial");
        string twice = graph.Add("Mul", [graph.Input("x", OnnxElementType.Float, 1), graph.Constant("two", [2f])]);
        return OnnxModel.Open(graph.Output("y", twice, OnnxElementType.Float, 1).Build(), new OnnxModelOptions { Providers = providers });
    }

    private static ProviderTrial Of(string name)
    {
        using OnnxModel model = Start([name]);
        string? problem = model.Notice?.Split("; running on")[0];
        try
        {
            float[] answer = model.Run(new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", [21f], 1, 1) })["y"].ToFloats();
            return new ProviderTrial(name, problem ?? (answer[0] == 42 ? null : "it computes wrongly"));
        }
        catch (OnnxException e)
        {
            return new ProviderTrial(name, e.Message);
        }
    }
}
