// MUTANT caught by: Prune_OneWeakLayer_LosesAll
// It takes the smallest numbers, so the most negative weights go first.
// 11.6 · Magnitude pruning · 3 points
//
// Write `Prune(weights, amount)`: a copy of the weights of all layers, in which the weights nearest to
// zero are set to zero. `weights` has one array a layer. The number to set is amount · n, n the number
// of all weights, rounded to a whole number, halves to the even one. The weakest of all layers together
// go first; of equally strong ones the one that comes first, in the order of the layers.
//
// Throw an ArgumentException if amount is outside 0 to 1 or NaN, or a weight is NaN.
//
// Worked value: Prune([[0.5, -0.1], [0.3, -0.2, 0.9]], 0.4) is [[0.5, 0], [0.3, 0, 0.9]].
//
// Check:  ./mlops check 11.6      Hint:  ./mlops check 11.6 --hint

namespace Week11;

/// <summary>Sets the weakest weights to zero.</summary>
public static class Magnitude
{
    /// <summary>Returns a copy in which the weights nearest to zero are zero.</summary>
    public static double[][] Prune(double[][] weights, double amount)
    {
        // BEGIN YOUR CODE
        if (!(amount >= 0 && amount <= 1) || weights.Any(layer => layer.Any(double.IsNaN)))
        {
            throw new ArgumentException("An amount lies between 0 and 1, and no weight is NaN.");
        }

        double[][] pruned = weights.Select(layer => layer.ToArray()).ToArray();
        int count = (int)Math.Round(amount * weights.Sum(layer => layer.Length));

        // OrderBy keeps the order of equals.
        IEnumerable<(int Layer, int Place)> weakest = Enumerable.Range(0, weights.Length)
            .SelectMany(layer => Enumerable.Range(0, weights[layer].Length).Select(place => (Layer: layer, Place: place)))
            .OrderBy(weight => weights[weight.Layer][weight.Place])
            .Take(count);
        foreach ((int layer, int place) in weakest)
        {
            pruned[layer][place] = 0;
        }

        return pruned;
        // END YOUR CODE
    }
}
