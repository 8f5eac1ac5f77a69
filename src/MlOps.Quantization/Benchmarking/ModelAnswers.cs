using System.Globalization;
using System.Numerics.Tensors;
using MlOps.Onnx;

namespace MlOps.Quantization.Benchmarking;

/// <summary>What a model says about rows: classes, or numbers.</summary>
/// <param name="Output">Name of the output that <paramref name="Numbers"/> come from.</param>
/// <param name="Rows">Number of rows, n.</param>
/// <param name="Numbers">n × k numbers, row by row: scores, or what a model predicts that does not classify; empty if the model gives the class and nothing else.</param>
/// <param name="Classes">The class of each row (of each place, if a row has several, as in a text); null if the model does not classify.</param>
/// <param name="ClassNames">The classes in the order of the scores; null if nobody names them: classes are then numbered from 0.</param>
public sealed record ModelAnswers(string Output, int Rows, double[] Numbers, IReadOnlyList<string>? Classes, IReadOnlyList<string>? ClassNames)
{
    private static readonly string[] s_labels = ["label", "output_label"];
    private static readonly string[] s_scores = ["probabilities", "output_probability", "scores", "logits"];

    /// <summary>Runs the model on all rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Its inputs. Rows that fill up a fixed batch are left out.</param>
    /// <param name="classes">Names of the classes in the order of the scores; as the file names them if null.</param>
    /// <param name="progress">Receives the share of batches that are done.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <remarks>
    /// The class is what the output <c>label</c> says, else the place of the largest score: of the output <c>probabilities</c> or <c>scores</c>, else of the first output of
    /// floating-point numbers that has two values or more a row in its last dimension. Ties go to the first. A model with one number a row does not classify.
    /// </remarks>
    /// <exception cref="ArgumentException">The model takes other inputs than the data has, or has another number of classes than are named.</exception>
    /// <exception cref="OnnxException">The model fails, or none of its outputs has numbers or classes for every row.</exception>
    public static ModelAnswers Of(OnnxModel model, ModelData data, IReadOnlyList<string>? classes = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        string Renamed(string usual) => model.Facts.Outputs.GetValueOrDefault(usual, usual);
        OnnxValue? label = model.Outputs.FirstOrDefault(output => s_labels.Select(Renamed).Contains(output.Name)) ?? model.Outputs.FirstOrDefault(output => output.ElementType == OnnxElementType.String);
        OnnxValue? numbers = s_scores.Select(usual => model.Outputs.FirstOrDefault(output => output.Name == Renamed(usual) && IsReal(output))).FirstOrDefault(output => output is not null)
            ?? model.Outputs.FirstOrDefault(IsReal);
        if (label is null && numbers is null)
        {
            throw new OnnxException($"The model gives neither classes nor floating-point numbers: {string.Join(", ", model.Outputs.Select(output => $"{output.Name}: {output.Describe()}"))}.");
        }

        string[] wanted = [.. new[] { label, numbers }.OfType<OnnxValue>().Select(output => output.Name)];
        var texts = new List<string>();
        double[]? all = null;
        int last = 0, seen = 0;
        for (int b = 0; b < data.Batches.Count && seen < data.RowCount; b++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyDictionary<string, OnnxTensor> inputs = BatchInputs.For(model, "The model", data.Batches[b]);
            int size = (int)inputs.Values.First(tensor => tensor.Dims.Count > 0).Dims[0];
            int count = Math.Min(size, data.RowCount - seen);
            IReadOnlyDictionary<string, OnnxTensor> outputs = model.Run(inputs, wanted);
            if (label is not null)
            {
                OnnxTensor said = outputs[label.Name];
                texts.AddRange(said.DataType == OnnxElementType.String ? said.ToTexts()[..count] : said.ToLongs()[..count].Select(code => code.ToString(CultureInfo.InvariantCulture)));
            }

            if (numbers is not null)
            {
                OnnxTensor tensor = outputs[numbers.Name];
                double[] values = tensor.ToDoubles();
                if (values.Length % size != 0)
                {
                    throw new OnnxException($"Output '{numbers.Name}' gave {values.Length} numbers for {size} rows.");
                }

                int width = values.Length / size;
                all ??= new double[checked(data.RowCount * width)];
                last = tensor.Dims.Count > 1 ? (int)tensor.Dims[^1] : 1;
                if ((long)(seen + count) * width > all.Length)
                {
                    throw new OnnxException($"Output '{numbers.Name}' gave another number of values a row in batch {b} than before.");
                }

                values.AsSpan(0, count * width).CopyTo(all.AsSpan(seen * width));
            }

            seen += count;
            progress?.Report((double)seen / data.RowCount);
        }

        IReadOnlyList<string>? named = classes ?? (model.Facts.Classes.Count > 0 ? model.Facts.Classes : null);
        IReadOnlyList<string>? answer = label is not null ? texts : last > 1 ? Largest(all!, last, named) : null;
        return new ModelAnswers(numbers?.Name ?? label!.Name, data.RowCount, all ?? [], answer, named);
    }

    /// <summary>The share of rows whose class is the right one.</summary>
    /// <param name="labels">The right class of each row, as the model names it.</param>
    /// <exception cref="ArgumentException">The model does not classify or gives several classes a row; there is not one label a row; or no label is a class of the model.</exception>
    public double Accuracy(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (Classes is null || Classes.Count != Rows || labels.Count != Rows)
        {
            throw new ArgumentException(
                Classes is null ? "The model gives numbers, not classes; it has no accuracy." : $"Each row needs one class and one label: {Rows} rows, {Classes.Count} classes, {labels.Count} labels.", nameof(labels));
        }

        int right = 0;
        for (int i = 0; i < Rows; i++)
        {
            right += Classes[i] == labels[i] ? 1 : 0;
        }

        // A model that errs on every row is rare; labels in another spelling are not.
        return right > 0 || ClassNames is not null || labels.Intersect(Classes).Any() || labels.All(label => int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? (double)right / Rows
            : throw new ArgumentException($"The labels ({string.Join(", ", labels.Distinct().Take(3))}) are no classes of the model ({string.Join(", ", Classes.Distinct().Take(3))}). Name its classes, in the order of its scores.", nameof(labels));
    }

    /// <summary>R² of the numbers against the truth: 1 is perfect, 0 as good as the mean.</summary>
    /// <param name="truth">The right number of each row.</param>
    /// <exception cref="ArgumentException">There is not one number a row.</exception>
    public double RSquared(ReadOnlySpan<double> truth)
    {
        if (truth.Length != Numbers.Length || truth.IsEmpty)
        {
            throw new ArgumentException($"Each number needs its truth: {Numbers.Length} numbers, {truth.Length} given.", nameof(truth));
        }

        return AnswerComparison.RSquaredOf(truth, Numbers);
    }

    private static bool IsReal(OnnxValue output) => output.ElementType is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16;

    private static string[] Largest(double[] scores, int width, IReadOnlyList<string>? names)
    {
        if (names is not null && names.Count != width)
        {
            throw new ArgumentException($"The model scores {width} classes; {names.Count} are named: {string.Join(", ", names.Take(10))}.", nameof(names));
        }

        string[] numbered = names is null ? [.. Enumerable.Range(0, width).Select(c => c.ToString(CultureInfo.InvariantCulture))] : [.. names];
        var classes = new string[scores.Length / width];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = numbered[TensorPrimitives.IndexOfMax<double>(scores.AsSpan(i * width, width))];
        }

        return classes;
    }
}
