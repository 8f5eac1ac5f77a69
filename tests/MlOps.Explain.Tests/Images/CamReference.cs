using System.Text.Json;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Tests.Images;

/// <summary>What References/images/make_cam.py wrote: two small networks and their maps, by PyTorch 1.13 and NumPy 1.24.</summary>
internal static class CamReference
{
    private static readonly Lazy<JsonElement> s_document = new(Read);

    internal static Network Network(string name)
    {
        var builder = new NetworkBuilder(TensorShape.Image(3, 12, 12));
        Network network = (name == "flat"
            ? builder.Conv2D(4, 3).BatchNorm().ReLU().MaxPool(2).Conv2D(5, 2).ReLU().Flatten().Dropout(0.5).Dense(6).ReLU().Dense(3)
            : builder.Conv2D(4, 3, padding: 1).ReLU().AveragePool(2).Conv2D(6, 3, padding: 1).ReLU().GlobalAveragePool().Dense(3)).Build();
        float[][] values = [.. Case(name).GetProperty("parameters").EnumerateArray().Select(array => Array.ConvertAll(Numbers(array), number => (float)number))];
        return network.WithParameters(network.Parameters.Select((parameter, i) => (parameter.Name, values[i])).ToDictionary());
    }

    internal static JsonElement Case(string name) => s_document.Value.GetProperty(name);

    internal static Tensor Image(string name) => new(1, TensorShape.Image(3, 12, 12), Array.ConvertAll(Numbers(Case(name).GetProperty("image")), number => (float)number));

    internal static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    /// <summary>Single precision on both sides, in another order of sums.</summary>
    internal static void Close(double[] expected, ReadOnlySpan<double> actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private static JsonElement Read()
    {
        using Stream stream = typeof(CamReference).Assembly.GetManifestResourceStream("images/cam.json") ?? throw new FileNotFoundException("images/cam.json");
        return JsonDocument.Parse(stream).RootElement;
    }
}
