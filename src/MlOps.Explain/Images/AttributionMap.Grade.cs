namespace MlOps.Explain.Images;

public sealed partial record AttributionMap
{
    private static readonly string[] s_regions = ["top left", "top", "top right", "left", "middle", "right", "bottom left", "bottom", "bottom right"];

    /// <summary>How much of what speaks for the class lies on an object: <c>Σ_inside max(0, v) / Σ_all max(0, v)</c>.</summary>
    /// <remarks>Compare it with the share of the pixels that are inside: a map that knows nothing has the same share.</remarks>
    /// <param name="mask">A byte a pixel: 0 is outside, anything else inside, as in <c>LeafImageSet.Mask</c>.</param>
    /// <returns>A share in [0, 1]; null if no pixel speaks for the class, so that there is nothing to share.</returns>
    /// <exception cref="ArgumentException">There is not one byte a pixel.</exception>
    public double? ShareInside(ReadOnlySpan<byte> mask)
    {
        CheckMask(mask);
        double inside = 0;
        double all = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double value = Math.Max(0, _values[i]);
            all += value;
            inside += mask[i] == 0 ? 0 : value;
        }

        return all > 0 ? inside / all : null;
    }

    /// <summary>The pointing game: whether the largest value, the first of equals, lies on an object.</summary>
    /// <param name="mask">As for <see cref="ShareInside"/>.</param>
    /// <returns>Null if no pixel speaks for the class: such a map points nowhere.</returns>
    /// <exception cref="ArgumentException">There is not one byte a pixel.</exception>
    /// <remarks>Source: J. Zhang et al., "Top-down Neural Attention by Excitation Backprop", ECCV 2016; there a miss by 15 pixels still counts.</remarks>
    public bool? PointsInside(ReadOnlySpan<byte> mask)
    {
        CheckMask(mask);
        int largest = 0;
        for (int i = 1; i < _values.Length; i++)
        {
            largest = _values[i] > _values[largest] ? i : largest;
        }

        return _values[largest] > 0 ? mask[largest] != 0 : null;
    }

    /// <summary>How what speaks for the class is spread over nine parts of the picture, from the top left to the bottom right.</summary>
    /// <returns>Nine names and shares that add up to 1; all 0 if no pixel speaks for the class.</returns>
    public IReadOnlyList<(string Region, double Share)> Regions()
    {
        var sums = new double[s_regions.Length];
        double all = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double value = Math.Max(0, _values[i]);
            int region = (i / Width * 3 / Height * 3) + (i % Width * 3 / Width);
            sums[region] += value;
            all += value;
        }

        return [.. s_regions.Select((name, i) => (name, all > 0 ? sums[i] / all : 0))];
    }

    private void CheckMask(ReadOnlySpan<byte> mask)
    {
        if (mask.Length != _values.Length)
        {
            throw new ArgumentException($"The map has {Width} × {Height} = {_values.Length} pixels; the mask has {mask.Length}.", nameof(mask));
        }
    }
}
