using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using MlOps.Learning;

namespace MlOps.Onnx.Running;

/// <summary>Puts together what a model says about the rows, block by block.</summary>
/// <param name="roles">Which outputs are read.</param>
/// <param name="classes">The names of the classes; empty if nobody says.</param>
/// <param name="rowCount">Rows in all.</param>
internal sealed class PredictionReader(OutputRoles roles, IReadOnlyList<string> classes, int rowCount)
{
    private const double SumTolerance = 1e-3; // what a softmax in 16-bit floats may be off

    private readonly string[]? _labels = roles.Label is null ? null : new string[rowCount];
    private readonly double[]? _numbers = roles.Number is null ? null : new double[rowCount];
    private double[]? _scores;
    private int _width;

    /// <summary>Gets the outputs to ask for.</summary>
    internal string[] Outputs { get; } = [.. new[] { roles.Label, roles.Scores, roles.Number }.OfType<OnnxValue>().Select(output => output.Name)];

    internal void Read(RowBlock block, IReadOnlyList<OrtValue> values)
    {
        int next = 0;
        if (_labels is not null)
        {
            Whole(OutputValues.Names(values[next++], roles.Label!.Name), block, 1, roles.Label.Name).CopyTo(_labels.AsSpan(block.Start));
        }

        if (roles.Scores is not null)
        {
            double[] scores = OutputValues.Numbers(values[next++], roles.Scores.Name);
            _width = scores.Length / block.Size;
            _scores ??= new double[checked(rowCount * _width)];
            Whole(scores, block, _width, roles.Scores.Name).CopyTo(_scores.AsSpan(block.Start * _width));
        }

        if (_numbers is not null)
        {
            Whole(OutputValues.Numbers(values[next], roles.Number!.Name), block, 1, roles.Number.Name).CopyTo(_numbers.AsSpan(block.Start));
        }
    }

    /// <exception cref="OnnxException">The outputs contradict each other or the names of the classes.</exception>
    internal Predictions Result()
    {
        if (_numbers is not null)
        {
            return new Predictions(null, null, false, _numbers);
        }

        IReadOnlyList<string> names = Classes();
        Matrix? scores = names.Count == 0 ? null
            : roles.Scores is null ? null
            : new Matrix(rowCount, names.Count, _scores ?? [], names);
        int[] codes = _labels is null ? Inputs.ArgMax(scores!) : Codes(_labels, names);
        return new Predictions(new Labels(codes, names), scores, scores is not null && (roles.AreProbabilities ?? AddUpToOne(scores)), null);
    }

    private IReadOnlyList<string> Classes()
    {
        if (roles.Scores is null)
        {
            return classes.Count > 0 ? classes : [.. _labels!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }

        int width = _scores is null ? classes.Count : _width;
        if (classes.Count > 0)
        {
            return classes.Count == width ? classes : throw new OnnxException($"Output '{roles.Scores.Name}' has {width} columns; {classes.Count} classes are named: {string.Join(", ", classes.Take(10))}.");
        }

        string[] numbered = [.. Enumerable.Range(0, width).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        return _labels is null || _labels.All(numbered.Contains)
            ? numbered
            : throw new OnnxException($"The model does not say which class each column of '{roles.Scores.Name}' stands for. Name them in OnnxModelOptions.Classes.");
    }

    private static int[] Codes(string[] labels, IReadOnlyList<string> names)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int c = 0; c < names.Count; c++)
        {
            index.Add(names[c], c);
        }

        return Array.ConvertAll(labels, label => index.TryGetValue(label, out int code)
            ? code
            : throw new OnnxException($"The model said '{label}', which is none of its classes: {string.Join(", ", names.Take(10))}."));
    }

    private static bool AddUpToOne(Matrix scores)
    {
        for (int i = 0; i < scores.RowCount; i++)
        {
            double sum = 0;
            foreach (double score in scores.Row(i))
            {
                if (!(score >= 0))
                {
                    return false;
                }

                sum += score;
            }

            if (Math.Abs(sum - 1) > SumTolerance)
            {
                return false;
            }
        }

        return scores.RowCount > 0;
    }

    /// <summary>The rows of the block, without those that fill a fixed batch up.</summary>
    private static ReadOnlySpan<T> Whole<T>(T[] values, RowBlock block, int width, string name) =>
        values.Length == block.Size * width && width > 0
            ? values.AsSpan(0, block.Count * width)
            : throw new OnnxException($"Output '{name}' gave {values.Length} values for {block.Size} rows.");
}
