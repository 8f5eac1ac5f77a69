// MUTANT caught by: WeightGradient_WorkedValue_IsGradientTimesInput
// It multiplies by the output of the neuron, not by its input.
// 7.5 · A dense layer that learns · 5 points
//
// Write the class `DenseLayer`: a dense layer with the activation ReLU, forward and backward, for a
// batch of cases. `weights` has one row a neuron and one column an input, `bias` one number a neuron.
//
// `Forward(inputs)`, one row a case, returns one row a case and one column a neuron:
//
//     z = W x + b        y = max(0, z)
//
// `Backward(gradient)` gets ∂loss/∂y, of the shape that Forward returned. Call d the same numbers where
// z > 0, and 0 where z ≤ 0. It returns ∂loss/∂x, one row a case, and sets two properties:
//
//     ∂loss/∂x[i]           = Σ over neurons j of  d[j] · W[j][i]
//     WeightGradient[j][i]  = Σ over cases of      d[j] · x[i]
//     BiasGradient[j]       = Σ over cases of      d[j]
//
// - The inputs are those of the last Forward. The gradients are those of the last Backward alone.
// - Nothing is divided by the number of cases: the loss has done that already.
// - Throw an InvalidOperationException if Backward comes before any Forward, and an ArgumentException
//   if a row of the inputs or of the gradient has the wrong width, or the gradient has another number
//   of rows than the last inputs.
//
// Worked value: with weights [[1, −1], [2, 0.5]] and bias [0, −1], Forward([[1, 2]]) is [[0, 2]]. After
// it Backward([[3, 2]]) is [[4, 1]], WeightGradient is [[0, 0], [2, 4]] and BiasGradient [0, 2].
//
// Check:  ./mlops check 7.5      Hint:  ./mlops check 7.5 --hint

namespace Week07;

/// <summary>A dense layer with ReLU that can compute its gradients.</summary>
public sealed class DenseLayer(double[][] weights, double[] bias)
{
    // BEGIN YOUR CODE
    private double[][] _inputs = [];
    private double[][]? _outputs;

    /// <summary>Gets ∂loss/∂W of the last Backward: one row a neuron, one column an input.</summary>
    public double[][] WeightGradient { get; private set; } = [];

    /// <summary>Gets ∂loss/∂b of the last Backward: one number a neuron.</summary>
    public double[] BiasGradient { get; private set; } = [];

    /// <summary>Returns the outputs: one row a case, one column a neuron.</summary>
    public double[][] Forward(double[][] inputs)
    {
        if (inputs.Any(row => row.Length != weights[0].Length))
        {
            throw new ArgumentException($"Every case needs {weights[0].Length} inputs.", nameof(inputs));
        }

        _inputs = inputs;
        _outputs = [.. inputs.Select(x => weights.Select((w, j) => Math.Max(0, w.Zip(x, (a, b) => a * b).Sum() + bias[j])).ToArray())];
        return _outputs;
    }

    /// <summary>Returns ∂loss/∂x, one row a case, and sets both gradients.</summary>
    public double[][] Backward(double[][] gradient)
    {
        if (_outputs is null)
        {
            throw new InvalidOperationException("Forward comes first.");
        }

        if (gradient.Length != _outputs.Length || gradient.Any(row => row.Length != bias.Length))
        {
            throw new ArgumentException($"The gradient needs {_outputs.Length} rows of {bias.Length}.", nameof(gradient));
        }

        double[][] result = [.. _inputs.Select(x => new double[x.Length])];
        WeightGradient = [.. weights.Select(w => new double[w.Length])];
        BiasGradient = new double[bias.Length];
        for (int n = 0; n < gradient.Length; n++)
        {
            for (int j = 0; j < bias.Length; j++)
            {
                double d = _outputs[n][j] > 0 ? gradient[n][j] : 0;
                BiasGradient[j] += d;
                for (int i = 0; i < weights[j].Length; i++)
                {
                    WeightGradient[j][i] += d * _outputs[n][j];
                    result[n][i] += d * weights[j][i];
                }
            }
        }

        return result;
    }
    // END YOUR CODE
}
