namespace MlOps.Quantization.Pruning;

/// <summary>Chooses the units that stay, given their scores.</summary>
internal static class UnitSelection
{
    /// <summary>The places of the units that stay, in order: all but the <paramref name="count"/> of the smallest scores, but always one. Of equal scores the first go.</summary>
    internal static int[] Keep(double[] scores, long count)
    {
        int go = (int)Math.Min(count, scores.Length - 1);
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(unit => scores[unit])]; // stable
        return [.. order.Skip(go).Order()];
    }

    /// <summary>The same over several layers at once: scores are divided by their mean in the layer, so that layers can be compared.</summary>
    internal static int[][] KeepAmong(IReadOnlyList<double[]> layers, double amount)
    {
        var all = new List<(int Layer, int Unit, double Score)>();
        for (int layer = 0; layer < layers.Count; layer++)
        {
            double mean = layers[layer].Average();
            for (int unit = 0; unit < layers[layer].Length; unit++)
            {
                all.Add((layer, unit, mean == 0 ? 0 : layers[layer][unit] / mean));
            }
        }

        var left = new HashSet<int>[layers.Count];
        for (int layer = 0; layer < left.Length; layer++)
        {
            left[layer] = [.. Enumerable.Range(0, layers[layer].Length)];
        }

        long go = SmallestMagnitudes.Count(amount, all.Count);
        foreach ((int layer, int unit, _) in all.OrderBy(entry => entry.Score))
        {
            if (go > 0 && left[layer].Count > 1)
            {
                left[layer].Remove(unit);
                go--;
            }
        }

        return [.. left.Select(units => units.Order().ToArray())];
    }
}
