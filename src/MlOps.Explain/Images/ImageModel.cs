using System.Globalization;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Explain.Images;

/// <summary>A model of pictures as explanations see it: pictures in, one number a class out.</summary>
public sealed class ImageModel
{
    private const int Batch = 256;

    private readonly Func<Tensor, Matrix> _scores;

    private ImageModel(TensorShape shape, Func<Tensor, Matrix> scores) => (Shape, _scores) = (shape, scores);

    /// <summary>Gets the shape of a picture it reads.</summary>
    public TensorShape Shape { get; }

    /// <summary>A model that is a function.</summary>
    /// <param name="shape">Of a picture.</param>
    /// <param name="scores">Gives n rows × k numbers, one a class, for n pictures. It is called with up to 256 pictures at once.</param>
    /// <exception cref="ArgumentException">The shape is not that of a picture.</exception>
    public static ImageModel Of(TensorShape shape, Func<Tensor, Matrix> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return shape.IsImage ? new ImageModel(shape, scores) : throw new ArgumentException($"Pictures have channels, height and width; {shape} is a vector.", nameof(shape));
    }

    /// <summary>The predictions of a network: probabilities where it tells classes apart. Of one probability p both classes are made, 1 − p and p.</summary>
    /// <exception cref="ArgumentException">The network does not read pictures.</exception>
    public static ImageModel Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        bool isSingle = network.OutputShape.Size == 1 && (network.OutputActivation == OutputActivation.Sigmoid || network.Layers[^1].Layer is Sigmoid);
        return Of(network.InputShape, images =>
        {
            Matrix predicted = network.Predict(images).ToMatrix();
            return isSingle ? new Matrix(predicted.RowCount, 2, [.. predicted.Values.ToArray().SelectMany(p => new[] { 1 - p, p })]) : predicted;
        });
    }

    /// <summary>One output of an ONNX model.</summary>
    /// <param name="model">A model with one input of N × channels × height × width. It must not be disposed while it is explained.</param>
    /// <param name="output">Which output; <c>probabilities</c>, <c>scores</c> or <c>prediction</c> when null, else the only one.</param>
    /// <param name="shape">Of a picture; needed where the file leaves the size open.</param>
    /// <exception cref="ArgumentException">The model has no such input or output, or the file does not say the size and <paramref name="shape"/> is null.</exception>
    public static ImageModel Of(OnnxModel model, string? output = null, TensorShape? shape = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        string chosen = output ?? model.Outputs.Select(value => value.Name).FirstOrDefault(name => name is "probabilities" or "scores" or "prediction")
            ?? (model.Outputs.Count == 1 ? model.Outputs[0].Name : throw new ArgumentException($"Which output holds the scores? There are: {string.Join(", ", model.Outputs.Select(value => value.Name))}.", nameof(output)));
        if (model.Outputs.All(value => value.Name != chosen))
        {
            throw new ArgumentException($"The model has no output '{chosen}'. There are: {string.Join(", ", model.Outputs.Select(value => value.Name))}.", nameof(output));
        }

        OnnxValue input = OnnxPictures.Input(model);
        TensorShape size = shape ?? OnnxPictures.Shape(input);
        return Of(size, images =>
        {
            float[] numbers = OnnxPictures.Run(model, images, chosen)[chosen].ToFloats();
            return new Matrix(images.Count, numbers.Length / images.Count, Array.ConvertAll(numbers, number => (double)number));
        });
    }

    /// <summary>The numbers of the classes for n pictures, n × k.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between batches of 256.</param>
    /// <exception cref="ArgumentException">The pictures are of another size.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN, an infinite number, or not one row a picture.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Matrix Scores(Tensor images, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Pictures.Check(images, Shape);
        double[] all = [];
        int classes = 0;
        for (int start = 0; start < images.Count; start += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(Batch, images.Count - start);
            Tensor part = count == images.Count ? images : images.Take([.. Enumerable.Range(start, count)]);
            Matrix scores = _scores(part);
            if (scores.RowCount != count || scores.ColumnCount == 0 || (start > 0 && scores.ColumnCount != classes))
            {
                throw new InvalidOperationException($"The model gave {scores.RowCount} × {scores.ColumnCount} numbers for {count} pictures; a row a picture and a column a class are needed.");
            }

            classes = scores.ColumnCount;
            all = start == 0 ? new double[checked(images.Count * classes)] : all;
            CheckFinite(scores, start);
            scores.Values.CopyTo(all.AsSpan(start * classes));
            progress?.Report((double)(start + count) / images.Count);
        }

        return new Matrix(images.Count, classes, all);
    }

    /// <summary>The given class, or the one with the largest number, the first of equals, and its number for one picture.</summary>
    internal (int Target, double Score) Target(Tensor image, int? target)
    {
        Pictures.CheckOne(image);
        ReadOnlySpan<double> scores = Scores(image).Row(0);
        int best = target ?? 0;
        if ((uint)best >= (uint)scores.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(target), best, $"The model has the classes 0 to {scores.Length - 1}; there is no class {best}.");
        }

        for (int c = 1; c < scores.Length && target is null; c++)
        {
            best = scores[c] > scores[best] ? c : best;
        }

        return (best, scores[best]);
    }

    private static void CheckFinite(Matrix scores, int start)
    {
        for (int i = 0; i < scores.Values.Length; i++)
        {
            if (!double.IsFinite(scores.Values[i]))
            {
                throw new InvalidOperationException($"The model gives {scores.Values[i].ToString(CultureInfo.InvariantCulture)} for class {i % scores.ColumnCount} of picture {start + (i / scores.ColumnCount)}. What is not a number cannot be explained.");
            }
        }
    }
}
