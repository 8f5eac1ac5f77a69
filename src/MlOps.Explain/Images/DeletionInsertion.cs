using MlOps.Charts;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>How well a map tells what a model uses: the score while pixels are taken away, or put back, in the map's order.</summary>
/// <remarks>
/// Deletion begins with the picture and fills the pixels with the largest values first: a good map makes the score fall at once, so its area is small. Insertion begins with the
/// filled picture and shows them first: a good map makes the score rise at once, so its area is large. Equal values go from the top left. Compare maps of one picture, or means over
/// many pictures; an area by itself says little.
/// <para>Source: V. Petsiuk, A. Das, K. Saenko, "RISE: Randomized Input Sampling for Explanation of Black-box Models", BMVC 2018, section 4.3.</para>
/// </remarks>
/// <param name="Shares">The share of pixels taken away or put back, from 0 to 1.</param>
/// <param name="Deletion">The score at each share when pixels are taken away.</param>
/// <param name="Insertion">The score at each share when pixels are put back.</param>
/// <param name="DeletionArea">The area under the first curve by trapezoids, in the unit of the score; smaller is better.</param>
/// <param name="InsertionArea">The area under the second; larger is better.</param>
public sealed record DeletionInsertion(IReadOnlyList<double> Shares, IReadOnlyList<double> Deletion, IReadOnlyList<double> Insertion, double DeletionArea, double InsertionArea)
{
    /// <summary>Grades a map.</summary>
    /// <param name="model">The model.</param>
    /// <param name="image">The picture of the map.</param>
    /// <param name="map">The map; the score is that of its class.</param>
    /// <param name="steps">In how many steps, 1 to the number of pixels.</param>
    /// <param name="deletionFill">What stands where pixels are taken away; the mean colour when null.</param>
    /// <param name="insertionFill">What stands where pixels are not yet put back; a blur when null, which shows no false edges.</param>
    /// <exception cref="ArgumentException">There is not one picture, or picture and map are of other sizes than the model's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The model does not have the map's class, or the steps are not in their range.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    public static DeletionInsertion Of(ImageModel model, Tensor image, AttributionMap map, int steps = 32, PixelFill? deletionFill = null, PixelFill? insertionFill = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        Pictures.CheckOne(image);
        TensorShape shape = image.Shape;
        Guard.AtLeast(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, shape.Area);
        if (map.Width != shape.Width || map.Height != shape.Height)
        {
            throw new ArgumentException($"The picture has {shape.Width} × {shape.Height} pixels, the map {map.Width} × {map.Height}.", nameof(map));
        }

        _ = model.Target(image, map.Target); // refuses a class that is not there

        int[] order = [.. Enumerable.Range(0, shape.Area)];
        double[] keys = map.Values.ToArray();
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[b].CompareTo(keys[a]) : a.CompareTo(b)); // equals from the top left: Array.Sort alone may swap them
        double[] shares = [.. Enumerable.Range(0, steps + 1).Select(step => (double)Taken(step) / shape.Area)];
        double[] deletion = Curve(image, (deletionFill ?? PixelFill.MeanColour).For(image));
        double[] insertion = Curve((insertionFill ?? PixelFill.Blur()).For(image), image);
        return new DeletionInsertion(shares, deletion, insertion, Area(shares, deletion), Area(shares, insertion));

        int Taken(int step) => (int)((long)shape.Area * step / steps);

        double[] Curve(Tensor from, Tensor to)
        {
            var values = new float[checked((steps + 1) * shape.Size)];
            from.Values.CopyTo(values);
            for (int step = 1; step <= steps; step++)
            {
                Span<float> at = values.AsSpan(step * shape.Size, shape.Size);
                values.AsSpan((step - 1) * shape.Size, shape.Size).CopyTo(at);
                foreach (int pixel in order.AsSpan(Taken(step - 1)..Taken(step)))
                {
                    for (int c = 0; c < shape.Channels; c++)
                    {
                        at[(c * shape.Area) + pixel] = to.Values[(c * shape.Area) + pixel];
                    }
                }
            }

            return model.Scores(new Tensor(steps + 1, shape, values)).Column(map.Target);
        }
    }

    /// <summary>Draws both curves.</summary>
    public Figure Chart() => MlOps.Charts.Chart.Line(Shares.ToArray(), Deletion.ToArray(), "deletion", Role.Alarm, markers: false)
        .Add(MlOps.Charts.Chart.Line(Shares.ToArray(), Insertion.ToArray(), "insertion", Role.Current, markers: false))
        .Titled(FormattableString.Invariant($"Taking the map's pixels away leaves an area of {DeletionArea:0.00}, showing them first gives {InsertionArea:0.00}"), "one picture, pixels in the order of the map")
        .XAxis("share of pixels taken away or put back")
        .YAxis("score of the class");

    /// <summary>Returns both areas.</summary>
    public override string ToString() => FormattableString.Invariant($"deletion {DeletionArea:0.###} (small is good), insertion {InsertionArea:0.###} (large is good), {Shares.Count - 1} steps");

    private static double Area(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 1; i < x.Length; i++)
        {
            sum += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
        }

        return sum;
    }
}
