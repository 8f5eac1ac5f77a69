using MlOps.Data;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Quantization.Distillation;

/// <summary>What a teacher says about the samples a student will learn from: scores before softmax, computed once and used in every epoch.</summary>
/// <remarks>
/// Where a model gives probabilities, their logarithms are scores: softmax gives the same probabilities back. A probability of 0 counts as 1.2e-38, the smallest normal
/// number of 32-bit floats, for it was rounded there.
/// </remarks>
public sealed class TeacherScores
{
    private const float SmallestProbability = 1.17549435e-38f;
    private const float Slack = 1e-3f; // probabilities that were computed in 16 bits

    private TeacherScores(Tensor scores, IReadOnlyList<string>? classes, int? parameters)
    {
        if (scores.Count == 0)
        {
            throw new ArgumentException("There is no sample for the teacher to judge.", nameof(scores));
        }

        int k = scores.Shape.Size;
        if (k < 2)
        {
            throw new ArgumentException($"A teacher of classes gives a score for each of at least 2 classes; this one gives {k} a sample. For a teacher of numbers use {nameof(RegressionDistillation)}.", nameof(scores));
        }

        if (classes is not null && (classes.Count != k || classes.Distinct(StringComparer.Ordinal).Count() != k))
        {
            throw new ArgumentException($"{k} scores a sample need as many different class names; got {string.Join(", ", classes)}.", nameof(classes));
        }

        int wrong = IndexOfNotFinite(scores.Values);
        if (wrong >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"The teacher gives {scores.Values[wrong]} as score {wrong % k} of sample {wrong / k}; all scores must be finite."), nameof(scores));
        }

        (Scores, Classes, Parameters) = (scores.Reshape(TensorShape.Vector(k)), classes, parameters);
    }

    /// <summary>Gets the scores, n × K.</summary>
    public Tensor Scores { get; }

    /// <summary>Gets the name of each class; null if nobody named them.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>Gets the number of parameters of the teacher; null if it is not known.</summary>
    public int? Parameters { get; }

    /// <summary>Gets n.</summary>
    public int Count => Scores.Count;

    /// <summary>Gets K.</summary>
    public int ClassCount => Scores.Shape.Size;

    /// <summary>The scores of a network. Of a single output z they are [0, z], whose softmax is the sigmoid of z.</summary>
    /// <param name="teacher">Trained on classes: its outputs are scores, or it ends with a softmax or a sigmoid layer.</param>
    /// <param name="x">The samples.</param>
    /// <param name="classes">A name for each class; null for none.</param>
    /// <exception cref="ArgumentException">The samples have another shape, there is none, the network predicts numbers or independent probabilities, or a score is not finite.</exception>
    public static TeacherScores Of(Network teacher, Tensor x, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        Layer last = teacher.Layers[^1].Layer;
        int outputs = teacher.OutputShape.Size;
        bool sigmoid = last is Sigmoid || teacher.OutputActivation == OutputActivation.Sigmoid;
        if (sigmoid ? outputs > 1 : outputs == 1)
        {
            throw new ArgumentException(
                sigmoid ? $"The network gives {outputs} independent probabilities; a student is taught classes that exclude each other." : $"The network predicts a number; use {nameof(RegressionDistillation)}.", nameof(teacher));
        }

        Network scoring = last is Softmax or Sigmoid && teacher.Layers.Count > 1 ? teacher.Take(teacher.Layers.Count - 1) : teacher;
        Tensor scores = scoring.Forward(x);
        return new TeacherScores(outputs == 1 ? WithZero(scores) : scores, classes, teacher.ParameterCount);
    }

    /// <summary>The scores of an ONNX model for rows of a matrix.</summary>
    /// <param name="teacher">A classifier that gives scores or probabilities.</param>
    /// <param name="x">n rows, laid out as the model's only input asks: an image of 3 × 16 × 16 points is a row of 768 columns.</param>
    /// <exception cref="ArgumentException">The model takes another number of columns, predicts numbers, gives no scores, or one is NaN.</exception>
    /// <exception cref="OnnxException">The model fails on the rows.</exception>
    public static TeacherScores Of(OnnxModel teacher, Matrix x)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(x);
        return teacher.Classes.Count > 0 ? Of(teacher.Predict(x)) : OfUnnamed(teacher.Run(x, ScoresOf(teacher)));
    }

    /// <summary>The scores of an ONNX model for samples.</summary>
    /// <inheritdoc cref="Of(OnnxModel, Matrix)"/>
    /// <param name="teacher">A classifier that gives scores or probabilities.</param>
    /// <param name="x">The samples, of as many values as the model's only input.</param>
    public static TeacherScores Of(OnnxModel teacher, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Of(teacher, x.ToMatrix());
    }

    /// <summary>The scores of an ONNX model for rows of a table.</summary>
    /// <param name="teacher">A classifier that gives scores or probabilities.</param>
    /// <param name="rows">n rows with the columns that it reads.</param>
    /// <exception cref="ArgumentException">A column is missing, the model predicts numbers, gives no scores, or one is NaN.</exception>
    /// <exception cref="OnnxException">The model fails on the rows.</exception>
    public static TeacherScores Of(OnnxModel teacher, Table rows)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(rows);
        return teacher.Classes.Count > 0 ? Of(teacher.Predict(rows)) : OfUnnamed(teacher.Run(rows, ScoresOf(teacher)));
    }

    /// <summary>The scores of a pipeline for rows of a table.</summary>
    /// <param name="teacher">A classifier that gives scores or probabilities.</param>
    /// <param name="rows">n rows with the columns that it reads.</param>
    /// <exception cref="ArgumentException">A column is missing, the model predicts numbers, gives no scores, or one is NaN.</exception>
    public static TeacherScores Of(ITableModel teacher, Table rows)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(rows);
        return Of(teacher.Predict(rows));
    }

    /// <summary>The scores in predictions that were made before.</summary>
    /// <param name="predictions">Classes with scores or probabilities.</param>
    /// <exception cref="ArgumentException">They are numbers, or classes without scores; or one is NaN.</exception>
    public static TeacherScores Of(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        Matrix given = predictions.Scores ?? throw new ArgumentException(
            predictions.Values is null
                ? "The teacher names a class for each row and gives no scores; a student learns from scores or probabilities."
                : $"The teacher predicts numbers; use {nameof(RegressionDistillation)}.",
            nameof(predictions));
        Tensor scores = Tensor.Of(given);
        return predictions.AreProbabilities ? OfProbabilities(scores, given.ColumnNames) : new TeacherScores(scores, given.ColumnNames, null);
    }

    /// <summary>The scores of any function, called with a batch of samples at a time.</summary>
    /// <param name="teacher">Gives K scores before softmax for each sample.</param>
    /// <param name="x">The samples.</param>
    /// <param name="rowsPerBatch">Samples in a call at most, ≥ 1.</param>
    /// <param name="classes">A name for each class; null for none.</param>
    /// <exception cref="ArgumentException">There is no sample, the function gives another number of rows or changes K, or a score is not finite.</exception>
    public static TeacherScores Of(Func<Tensor, Tensor> teacher, Tensor x, int rowsPerBatch = 256, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(x);
        Guard.AtLeast(rowsPerBatch, 1);
        float[] all = [];
        int k = 0;
        for (int start = 0; start < x.Count; start += rowsPerBatch)
        {
            int count = Math.Min(rowsPerBatch, x.Count - start);
            Tensor scores = teacher(x.Take([.. Enumerable.Range(start, count)]));
            if (start == 0)
            {
                k = scores.Shape.Size;
                all = new float[checked(x.Count * k)];
            }

            if (scores.Count != count || scores.Shape.Size != k)
            {
                throw new ArgumentException($"The teacher gave {scores.Count} × {scores.Shape.Size} scores for {count} samples; {count} × {k} are needed.", nameof(teacher));
            }

            scores.Values.CopyTo(all.AsSpan(start * k));
        }

        return Of(x.Count == 0 ? throw new ArgumentException("There is no sample for the teacher to judge.", nameof(x)) : new Tensor(x.Count, TensorShape.Vector(k), all), classes);
    }

    /// <summary>Scores that are known already.</summary>
    /// <param name="scores">n × K scores before softmax.</param>
    /// <param name="classes">A name for each class; null for none.</param>
    /// <exception cref="ArgumentException">There is no sample, K is 1, a score is not finite, or there is not one name a class.</exception>
    public static TeacherScores Of(Tensor scores, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return new TeacherScores(scores, classes, null);
    }

    /// <summary>Scores from probabilities: their logarithms.</summary>
    /// <param name="probabilities">n × K numbers from 0 to 1.</param>
    /// <param name="classes">A name for each class; null for none.</param>
    /// <exception cref="ArgumentException">There is no sample, K is 1, a number is no probability, or there is not one name a class.</exception>
    public static TeacherScores OfProbabilities(Tensor probabilities, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        int k = probabilities.Shape.Size;
        var logs = new float[probabilities.Values.Length];
        for (int i = 0; i < logs.Length; i++)
        {
            float p = probabilities.Values[i];
            logs[i] = p >= -Slack && p <= 1 + Slack
                ? MathF.Log(Math.Clamp(p, SmallestProbability, 1))
                : throw new ArgumentException(FormattableString.Invariant($"The teacher gives {p} as probability {i % k} of sample {i / k}; 0 to 1 is needed."), nameof(probabilities));
        }

        return new TeacherScores(new Tensor(probabilities.Count, probabilities.Shape, logs), classes, null);
    }

    /// <summary>Returns the class with the largest score of each sample; the first of equals.</summary>
    public int[] Codes()
    {
        var codes = new int[Count];
        for (int i = 0; i < codes.Length; i++)
        {
            ReadOnlySpan<float> row = Scores[i];
            for (int c = 1; c < row.Length; c++)
            {
                codes[i] = row[c] > row[codes[i]] ? c : codes[i];
            }
        }

        return codes;
    }

    /// <summary>The scores of some samples, in the given order.</summary>
    public TeacherScores Take(ReadOnlySpan<int> samples) => new(Scores.Take(samples), Classes, Parameters);

    /// <summary>The same scores with the classes in another order.</summary>
    /// <param name="classes">All classes of the teacher, or as many names where it has none.</param>
    /// <exception cref="ArgumentException">The teacher knows another number of classes, or others.</exception>
    public TeacherScores InOrder(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        string[] own = [.. Classes ?? classes];
        if (classes.Count != ClassCount || !classes.All(own.Contains))
        {
            throw new ArgumentException($"The teacher knows {ClassCount} classes{(Classes is null ? "" : $" ({string.Join(", ", own)})")}; the labels have {classes.Count}: {string.Join(", ", classes)}.", nameof(classes));
        }

        int[] from = [.. classes.Select(name => Array.IndexOf(own, name))];
        var values = new float[Scores.Values.Length];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> row = Scores[i];
            for (int c = 0; c < from.Length; c++)
            {
                values[(i * from.Length) + c] = row[from[c]];
            }
        }

        return new TeacherScores(new Tensor(Count, Scores.Shape, values), [.. classes], Parameters);
    }

    /// <summary>The output with a number a class of a model that names no classes.</summary>
    private static string ScoresOf(OnnxModel teacher)
    {
        OnnxValue[] wide = [.. teacher.Outputs.Where(output => output.ElementType is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 && output.Dims is { Count: 2 } dims && dims[1] != 1)];
        return (wide.FirstOrDefault(output => output.Name is "scores" or "logits") ?? wide.FirstOrDefault())?.Name
            ?? throw new ArgumentException($"The teacher gives {string.Join(", ", teacher.Outputs.Select(output => $"{output.Name}: {output.Describe()}"))}: no score for each class of a row. For a teacher of numbers use {nameof(RegressionDistillation)}.", nameof(teacher));
    }

    /// <summary>Numbers of a model that does not say what they are: probabilities where every row of them adds up to 1.</summary>
    private static TeacherScores OfUnnamed(Matrix given)
    {
        bool probabilities = true;
        for (int i = 0; probabilities && i < given.RowCount; i++)
        {
            double sum = 0;
            foreach (double value in given.Row(i))
            {
                probabilities &= value is >= -Slack and <= 1 + Slack;
                sum += value;
            }

            probabilities &= Math.Abs(sum - 1) <= Slack;
        }

        return probabilities ? OfProbabilities(Tensor.Of(given)) : Of(Tensor.Of(given));
    }

    private static Tensor WithZero(Tensor scores)
    {
        var pairs = new float[2 * scores.Count];
        for (int i = 0; i < scores.Count; i++)
        {
            pairs[(2 * i) + 1] = scores.Values[i];
        }

        return new Tensor(scores.Count, TensorShape.Vector(2), pairs);
    }

    private static int IndexOfNotFinite(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
