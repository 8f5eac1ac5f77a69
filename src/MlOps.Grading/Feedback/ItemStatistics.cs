namespace MlOps.Grading.Feedback;

/// <summary>How hard an exercise was, and whether it sorts students as the rest of the week does.</summary>
/// <remarks>
/// With <c>x</c> the students' points in the exercise and <c>y</c> the sum of their points in all others of the same sheet:
/// <para><c>difficulty p = x̄ / max</c>, <c>standard error = s(x) / (max · √n)</c> with <c>s</c> the standard deviation (n − 1).</para>
/// <para><c>discrimination r = Σ(xᵢ − x̄)(yᵢ − ȳ) / √(Σ(xᵢ − x̄)² · Σ(yᵢ − ȳ)²)</c>, the item–total correlation corrected for overlap:
/// with the item left in the total, r would be above 0 by that alone. NaN if n &lt; 3, or if x or y does not vary.</para>
/// <para><c>interval = tanh(artanh r ± 1.96 / √(n − 3))</c>, about 95 %; NaN if n &lt; 4. It assumes two normal variables: read it as a
/// warning about small n, not as exact.</para>
/// <para>Sources: J. C. Nunnally, I. H. Bernstein, "Psychometric Theory", 3rd ed. (1994), chapter 8; R. A. Fisher, "On the 'Probable Error' of a
/// Coefficient of Correlation Deduced from a Small Sample", Metron 1 (1921) 3–32.</para>
/// </remarks>
/// <param name="Exercise">The exercise's number.</param>
/// <param name="Students">n, the students who handed in the sheet.</param>
/// <param name="MeanShare">p, the mean share of its points, in [0, 1] unless marks go beyond the maximum; high is easy. NaN if n is 0.</param>
/// <param name="StandardError">The standard error of p; NaN if n &lt; 2.</param>
/// <param name="Discrimination">r, in [−1, 1].</param>
/// <param name="Low">The lower end of r's interval.</param>
/// <param name="High">The upper end of r's interval.</param>
public sealed record ItemStatistics(
    string Exercise, int Students, double MeanShare, double StandardError, double Discrimination, double Low, double High)
{
    /// <summary>Half width of a 95 % normal interval, in standard errors.</summary>
    internal const double NormalQuantile = 1.959963984540054;

    /// <summary>Below this share of the size of the sums, a difference is rounding: 0.1 + 0.2 is not quite 0.3.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Computes the statistics of one sheet.</summary>
    /// <param name="exercises">Number and most points of each exercise, above 0.</param>
    /// <param name="points">One row a student, one number an exercise: n rows × k columns, finite.</param>
    /// <exception cref="ArgumentException">A row has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A maximum is not above 0, or points are not finite.</exception>
    public static IReadOnlyList<ItemStatistics> Compute(IReadOnlyList<(string Exercise, double Max)> exercises, IReadOnlyList<IReadOnlyList<double>> points)
    {
        ArgumentNullException.ThrowIfNull(exercises);
        ArgumentNullException.ThrowIfNull(points);
        for (int row = 0; row < points.Count; row++)
        {
            if (points[row].Count != exercises.Count)
            {
                throw new ArgumentException($"Every student needs one number for each of {exercises.Count} exercises; row {row} has {points[row].Count}.", nameof(points));
            }

            foreach (double value in points[row])
            {
                Guard.Finite(value, nameof(points));
            }
        }

        return [.. exercises.Select((exercise, column) => Of(exercise.Exercise, Guard.Positive(exercise.Max, nameof(exercises)), points, column))];
    }

    /// <summary>The interval that r = <paramref name="r"/> would have among <paramref name="n"/> students; NaN if n &lt; 4.</summary>
    internal static (double Low, double High) Interval(double r, int n)
    {
        double half = n < 4 ? double.NaN : NormalQuantile / Math.Sqrt(n - 3);
        return (Math.Tanh(Math.Atanh(r) - half), Math.Tanh(Math.Atanh(r) + half));
    }

    private static ItemStatistics Of(string exercise, double max, IReadOnlyList<IReadOnlyList<double>> points, int column)
    {
        int n = points.Count;
        double[] item = [.. points.Select(row => row[column])];
        double[] rest = [.. points.Select(row => row.Where((_, i) => i != column).Sum())]; // not total − item, which brings rounding back
        double mean = n == 0 ? double.NaN : item.Average();
        double deviation = n < 2 ? double.NaN : Math.Sqrt(item.Sum(x => (x - mean) * (x - mean)) / (n - 1));
        double r = n < 3 || !Varies(item) || !Varies(rest) ? double.NaN : Correlation(item, rest);
        (double low, double high) = Interval(r, n);
        return new ItemStatistics(exercise, n, mean / max, deviation / (max * Math.Sqrt(n)), r, low, high);
    }

    private static bool Varies(double[] values) => values.Max() - values.Min() > Rounding * (1 + values.Max(Math.Abs));

    private static double Correlation(double[] x, double[] y)
    {
        (double meanX, double meanY) = (x.Average(), y.Average());
        (double xx, double yy, double xy) = (0, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            (double dx, double dy) = (x[i] - meanX, y[i] - meanY);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1); // rounding must not leave the range of artanh
    }
}
