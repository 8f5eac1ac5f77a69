using System.Globalization;
using System.Text.Json;
using MlOps.Learning;
using MlOps.Onnx;

namespace MlOps.Quantization.Tests;

/// <summary>The ONNX files that Files/make.py wrote with PyTorch and scikit-learn, and more rows of the data they were trained on.</summary>
internal static class Models
{
    /// <summary>Every file, as test data.</summary>
    public static TheoryData<string> All { get; } =
        ["mlp", "mlp-fixed-batch", "cnn", "cnn-folded", "cnn-depthwise", "opset9", "transformer", "transformer-17", "control-flow", "external", "sklearn-mlp", "sklearn-linear"];

    public static string At(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name + ".onnx");

    /// <summary>A model with all its values in it, also those of external.bin.</summary>
    public static OnnxFile Load(string name)
    {
        OnnxFile file = OnnxFile.Load(At(name));
        file.EmbedExternalData(Path.GetDirectoryName(At(name))!);
        return file;
    }

    /// <summary>A few input rows, and the outputs and labels that the framework itself has for them.</summary>
    public static (IReadOnlyDictionary<string, OnnxTensor> Inputs, IReadOnlyDictionary<string, OnnxTensor> Outputs, string[] Labels) Sample(string name)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(At(name), ".json")));
        string[] labels = [.. json.RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32().ToString(CultureInfo.InvariantCulture))];
        return (Tensors(json.RootElement.GetProperty("inputs")), Tensors(json.RootElement.GetProperty("outputs")), labels);
    }

    /// <summary>Rows as the model of this name was trained on, with labels, by the formulas in make.py. Not for transformer-17, whose embedding is made of numpy's random numbers.</summary>
    public static ModelData Data(string name, int rows, int seed, int rowsPerBatch = 64)
    {
        var random = new Random(seed);
        if (name == "transformer")
        {
            return Tokens(rows, random, rowsPerBatch);
        }

        bool image = name.StartsWith("cnn", StringComparison.Ordinal) || name == "opset9";
        int classes = image ? 5 : 4;
        int width = image ? 768 : 20;
        double[] x = new double[rows * width];
        string[] labels = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            int label = random.Next(classes);
            labels[row] = label.ToString(CultureInfo.InvariantCulture);
            for (int j = 0; j < width; j++)
            {
                double centre = image
                    ? Math.Sin(2 * Math.PI * (((label + 1) * (j % 16)) + (((j / 256) + label) * (j / 16 % 16))) / 16)
                    : 1.2 * Math.Cos((label + 1) * (j + 1));
                x[(row * width) + j] = (float)(centre + Normal(random));
            }
        }

        return ModelData.Of(Load(name), new Matrix(rows, width, x), labels, rowsPerBatch);
    }

    private static ModelData Tokens(int rows, Random random, int rowsPerBatch)
    {
        const int length = 12;
        var batches = new List<IReadOnlyDictionary<string, OnnxTensor>>();
        var labels = new List<string>();
        for (int start = 0; start < rows; start += rowsPerBatch)
        {
            int count = Math.Min(rowsPerBatch, rows - start);
            long[] tokens = new long[count * length];
            for (int row = 0; row < count; row++)
            {
                int label = random.Next(3);
                labels.Add(label.ToString(CultureInfo.InvariantCulture));
                for (int j = 0; j < length; j++)
                {
                    tokens[(row * length) + j] = random.NextDouble() < 0.6 ? (3 * random.Next(13)) + label : random.Next(39);
                }
            }

            batches.Add(new Dictionary<string, OnnxTensor> { ["input"] = OnnxTensor.Of("input", tokens, count, length) });
        }

        return new ModelData(batches, rows, labels);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Dictionary<string, OnnxTensor> Tensors(JsonElement json) => json.EnumerateObject().ToDictionary(entry => entry.Name, entry =>
    {
        long[] dims = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(dim => dim.GetInt64())];
        JsonElement values = entry.Value.GetProperty("values");
        return entry.Value.GetProperty("type").GetString() == "int64"
            ? OnnxTensor.Of(entry.Name, [.. values.EnumerateArray().Select(value => value.GetInt64())], dims)
            : OnnxTensor.Of(entry.Name, [.. values.EnumerateArray().Select(value => value.GetSingle())], dims);
    });
}
