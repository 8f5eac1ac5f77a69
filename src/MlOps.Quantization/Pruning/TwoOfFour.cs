namespace MlOps.Quantization.Pruning;

/// <summary>The 2:4 rule: of four consecutive weights the two of the smallest magnitude go.</summary>
internal static class TwoOfFour
{
    private const int Group = 4;
    private const int Stay = 2;

    /// <summary>Marks what stays among weights that lie <paramref name="stride"/> apart, in groups of four from the first on.</summary>
    /// <remarks>At most two of each group stay, also of a last group of three: it reads like a group of four whose missing weight is 0. Of equal magnitudes the first go.</remarks>
    internal static void Mark(ReadOnlySpan<float> values, int first, int count, int stride, Span<bool> keep)
    {
        for (int start = 0; start < count; start += Group)
        {
            int size = Math.Min(Group, count - start);
            for (int i = 0; i < size; i++)
            {
                int at = first + ((start + i) * stride);
                float own = Math.Abs(values[at]);
                int larger = 0;
                for (int j = 0; j < size; j++)
                {
                    float other = Math.Abs(values[first + ((start + j) * stride)]);
                    larger += other > own || (other == own && j > i) ? 1 : 0;
                }

                keep[at] = larger < Stay;
            }
        }
    }

    /// <summary>Marks what stays of weights seen as outer × inputs × inner numbers, along the inputs.</summary>
    internal static bool[] Keep(ReadOnlySpan<float> values, int inputs, int inner)
    {
        var keep = new bool[values.Length];
        int block = inputs * inner;
        for (int start = 0; start < values.Length; start += block)
        {
            for (int i = 0; i < inner; i++)
            {
                Mark(values, start + i, inputs, inner, keep);
            }
        }

        return keep;
    }
}
