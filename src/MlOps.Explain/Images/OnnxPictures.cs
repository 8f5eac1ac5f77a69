using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Explain.Images;

/// <summary>How pictures go into an ONNX model.</summary>
internal static class OnnxPictures
{
    internal static OnnxValue Input(OnnxModel model) => model.Inputs is [var input] && input.ElementType == OnnxElementType.Float && input.Dims is not { Count: not 4 }
        ? input
        : throw new ArgumentException($"Pictures need a model with one float input of N × channels × height × width; this one takes {string.Join(", ", model.Inputs.Select(value => $"{value.Name}: {value.Describe()}"))}.", nameof(model));

    internal static TensorShape Shape(OnnxValue input) => input.Dims is [_, > 0, > 0, > 0] dims
        ? TensorShape.Image((int)dims[1], (int)dims[2], (int)dims[3])
        : throw new ArgumentException($"The file does not say how large a picture is: {input.Name} is {input.Describe()}. Give the shape.", nameof(input));

    /// <summary>Runs the model on n pictures. A file that fixes the size of a batch, as many exporters do, gets batches of that size, the last one filled up.</summary>
    internal static IReadOnlyDictionary<string, OnnxTensor> Run(OnnxModel model, Tensor images, params IReadOnlyList<string> outputs)
    {
        OnnxValue input = Input(model);
        int batch = input.Dims is [> 0, ..] dims ? (int)dims[0] : images.Count;
        if (batch == images.Count)
        {
            return model.Run(Feed(input.Name, images), outputs);
        }

        var values = outputs.ToDictionary(name => name, _ => new List<float>());
        IReadOnlyDictionary<string, OnnxTensor> part = new Dictionary<string, OnnxTensor>();
        for (int start = 0; start < images.Count; start += batch)
        {
            int last = images.Count - 1;
            part = model.Run(Feed(input.Name, images.Take([.. Enumerable.Range(start, batch).Select(i => Math.Min(i, last))])), outputs);
            foreach (string name in outputs)
            {
                float[] numbers = part[name].ToFloats();
                values[name].AddRange(numbers.AsSpan(0, numbers.Length / batch * Math.Min(batch, images.Count - start)));
            }
        }

        return outputs.ToDictionary(name => name, name => OnnxTensor.Of(name, values[name].ToArray(), [images.Count, .. part[name].Dims.Skip(1)]));
    }

    private static Dictionary<string, OnnxTensor> Feed(string input, Tensor images) => new()
    {
        [input] = OnnxTensor.Of(input, images.Values, images.Count, images.Shape.Channels, images.Shape.Height, images.Shape.Width),
    };
}
