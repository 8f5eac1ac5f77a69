using System.Text.Json;
using MlOps.Learning.Neural;

namespace MlOps.Quantization.Tests.Pruning;

/// <summary>Vectors of torch.nn.utils.prune (References/prune/make_prune.py, torch 1.13), and networks with their weights.</summary>
internal static class TorchPruning
{
    internal static JsonElement Cases { get; } = Read();

    internal static float[] Floats(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetSingle())];

    internal static int[] Ints(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetInt32())];

    /// <summary>A network of one layer with the weights of a torch layer: units × inputs there, inputs × units here.</summary>
    internal static Network Network(JsonElement layer)
    {
        int[] shape = Ints(layer.GetProperty("shape"));
        float[] weight = Floats(layer.GetProperty("weight"));
        return shape.Length == 4
            ? new NetworkBuilder(TensorShape.Image(shape[1], 5, 5)).Conv2D(shape[0], shape[2]).Build().WithParameters(new Dictionary<string, float[]> { ["0.weight"] = weight })
            : new NetworkBuilder(TensorShape.Vector(shape[1])).Dense(shape[0]).Build().WithParameters(new Dictionary<string, float[]> { ["0.weight"] = Turned(weight, shape[0], shape[1]) });
    }

    /// <summary>Rows × columns as columns × rows.</summary>
    internal static T[] Turned<T>(T[] values, int rows, int columns)
    {
        var turned = new T[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            turned[(i % columns * rows) + (i / columns)] = values[i];
        }

        return turned;
    }

    private static JsonElement Read()
    {
        using Stream stream = typeof(TorchPruning).Assembly.GetManifestResourceStream("prune/prune.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
