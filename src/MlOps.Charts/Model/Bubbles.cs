namespace MlOps.Charts.Model;

/// <summary>A third value of each point, shown by the area of its marker.</summary>
/// <param name="Values">One number ≥ 0 a point.</param>
/// <param name="Name">What the value is, with its unit.</param>
internal sealed record Bubbles(double[] Values, string Name)
{
    private const double Largest = 44;
    private const double Smallest = 7; // still seen, and still hit by a mouse

    private readonly double _most = Values.Max();

    /// <summary>Diameter of a point's marker in pixels: the area grows with the value.</summary>
    internal double Diameter(int point) => _most == 0 ? Smallest : Math.Max(Smallest, Largest * Math.Sqrt(Values[point] / _most));
}
