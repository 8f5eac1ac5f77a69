namespace MlOps.Charts;

/// <summary>Makes figures. Every argument takes numbers, dates or names as an array, a list, a span or <c>[…]</c>.</summary>
/// <remarks>NaN and null are gaps; empty input, unequal lengths and infinite numbers are refused with an <see cref="ArgumentException"/>.</remarks>
public static partial class Chart
{
    /// <summary>A line through points in the given order.</summary>
    /// <param name="x">Numbers, dates or categories. A point whose x or y is missing interrupts the line.</param>
    /// <param name="y">Numbers, one per x.</param>
    /// <param name="name">The series in the legend.</param>
    /// <param name="role">What the series means.</param>
    /// <param name="markers">Marks each point; by default up to 40 points are marked.</param>
    /// <remarks>Of more than 5,000 points the smallest and largest of each run are drawn, so spikes survive; the subtitle says so.</remarks>
    /// <exception cref="ArgumentException">Empty, unequal lengths, or y is not numeric.</exception>
    public static Figure Line(Values x, Values y, string name = "", Role role = Role.Series, bool? markers = null) =>
        Points(x, y, name, role, line: true, markers ?? y?.Count <= 40, area: false);

    /// <summary>A line over 0, 1, 2, …</summary>
    /// <param name="y">Numbers; a missing one interrupts the line.</param>
    /// <param name="name">The series in the legend.</param>
    /// <param name="role">What the series means.</param>
    public static Figure Line(Values y, string name = "", Role role = Role.Series)
    {
        Inputs.Numbers(y, nameof(y));
        return Line(Enumerable.Range(0, y.Count).ToArray(), y, name, role);
    }

    /// <summary>Points.</summary>
    /// <param name="x">Numbers, dates or categories; a point with a missing x or y is not drawn.</param>
    /// <param name="y">Numbers, one per x.</param>
    /// <param name="name">The series in the legend.</param>
    /// <param name="role">What the series means.</param>
    /// <remarks>Of more than 5,000 points 5,000 at even steps are drawn; the subtitle says so.</remarks>
    /// <exception cref="ArgumentException">Empty, unequal lengths, or y is not numeric.</exception>
    public static Figure Scatter(Values x, Values y, string name = "", Role role = Role.Series) =>
        Points(x, y, name, role, line: false, markers: true, area: false);

    /// <summary>A line with the area down to zero filled.</summary>
    /// <param name="x">Numbers, dates or categories.</param>
    /// <param name="y">Numbers, one per x.</param>
    /// <param name="name">The series in the legend.</param>
    /// <param name="role">What the series means.</param>
    /// <exception cref="ArgumentException">Empty, unequal lengths, or y is not numeric.</exception>
    public static Figure Area(Values x, Values y, string name = "", Role role = Role.Series) =>
        Points(x, y, name, role, line: true, markers: false, area: true);

    private static Figure Points(Values x, Values y, string name, Role role, bool line, bool markers, bool area)
    {
        Inputs.Present(x, nameof(x));
        Inputs.Numbers(y, nameof(y));
        Inputs.SameLength(x, y, nameof(x), nameof(y));
        Inputs.NoBlanks(x, nameof(x));
        ArgumentNullException.ThrowIfNull(name);
        return new Figure(new XyTrace(name, role, x, y, line, markers, area));
    }
}
