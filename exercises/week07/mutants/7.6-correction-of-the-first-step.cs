// MUTANT caught by: Step_WorkedValue_GoesWhereTheStatementSays
// The correction is that of the first step, for ever.
// 7.6 · A step of Adam · 3 points
//
// Write the class `Adam`, the optimiser of section 5. `Step(weights, gradient)` returns the new weights
// and leaves the old ones alone. For each weight, with t the number of this step (1, 2, …) and m and v
// zero before the first:
//
//     m = beta1 · m + (1 − beta1) · g          v = beta2 · v + (1 − beta2) · g²
//     m̂ = m / (1 − beta1ᵗ)                     v̂ = v / (1 − beta2ᵗ)
//     w = w − learningRate · m̂ / (√v̂ + epsilon)
//
// Throw an ArgumentException if weights and gradient differ in length, or in length from those of the
// first step, or if a gradient is NaN or infinite. Such a call counts for nothing: t, m and v stay.
//
// Worked value: with learningRate 0.1, beta1 0.9, beta2 0.99 and epsilon 1e-8, the weight 1 with
// gradients 4 and then −2 goes to 0.9 and then to 0.8733. In the second step m̂ is 0.16 / 0.19 and
// v̂ is 0.1984 / 0.0199.
//
// Check:  ./mlops check 7.6      Hint:  ./mlops check 7.6 --hint

namespace Week07;

/// <summary>The optimiser Adam (D. P. Kingma, J. Ba, 2015).</summary>
public sealed class Adam(double learningRate, double beta1, double beta2, double epsilon)
{
    // BEGIN YOUR CODE
    private double[]? _m;
    private double[]? _v;
    private int _t;

    /// <summary>Takes one step and returns the new weights.</summary>
    public double[] Step(double[] weights, double[] gradient)
    {
        if (weights.Length != gradient.Length || (_m is not null && _m.Length != weights.Length) || !gradient.All(double.IsFinite))
        {
            throw new ArgumentException($"Needs a finite gradient for each weight; got {weights.Length} weights and {gradient.Length} gradients.");
        }

        _m ??= new double[weights.Length];
        _v ??= new double[weights.Length];
        _t++;
        double[] moved = new double[weights.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            double g = gradient[i];
            _m[i] = (beta1 * _m[i]) + ((1 - beta1) * g);
            _v[i] = (beta2 * _v[i]) + ((1 - beta2) * g * g);
            double mHat = _m[i] / (1 - beta1);
            double vHat = _v[i] / (1 - beta2);
            moved[i] = weights[i] - (learningRate * mHat / (Math.Sqrt(vHat) + epsilon));
        }

        return moved;
    }
    // END YOUR CODE
}
