namespace MlOps.Quantization.Benchmarking;

/// <summary>What a model may take, and how much worse it may be. What is null is not limited.</summary>
/// <remarks><see cref="Parse"/> reads "≤ 2 MB, ≤ 5 ms, ≤ 1 point".</remarks>
public sealed record Budget
{
    /// <summary>Gets the most bytes on disk.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Gets the longest time of a run in the first setting measured, in milliseconds: 95 of 100 runs keep it (the slowest does, if fewer than 20 were timed).</summary>
    public double? MaxLatencyMilliseconds { get; init; }

    /// <summary>Gets the most points (hundredths of accuracy, R² or agreement) that may be lost against the first model; see <see cref="CompressionReport.Loss"/>.</summary>
    public double? MaxLossPoints { get; init; }

    /// <summary>Gets the most memory besides the runtime, in bytes; see <see cref="ModelMeasurement.MemoryBytes"/>.</summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>Gets the most multiply-accumulate operations for one row.</summary>
    public long? MaxMacs { get; init; }

    /// <summary>Reads a budget from text: limits separated by commas or semicolons, with or without "≤".</summary>
    /// <param name="text">
    /// Sizes in B, kB, MB, GB (powers of 1000) or KiB, MiB, GiB (of 1024), followed by "memory" or "RAM" if they are no file's; times in µs (us), ms or s; losses in points, pp or %;
    /// operations in MAC, kMAC, MMAC or GMAC. Upper and lower case do not matter.
    /// </param>
    /// <exception cref="FormatException">A limit is not understood, negative, or given twice; the message quotes it.</exception>
    public static Budget Parse(string text) => BudgetText.Parse(text);

    /// <summary>Reads a size alone, such as <c>512 MB</c> or <c>64KiB</c>.</summary>
    /// <param name="text">A number and a unit as in <see cref="Parse"/>.</param>
    /// <returns>Bytes, &gt; 0.</returns>
    /// <exception cref="FormatException">It is no size.</exception>
    public static long ParseSize(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return BudgetText.Size(text);
    }

    /// <summary>Returns what a model breaks of this budget; nothing if it keeps it. A number that was not measured breaks its limit.</summary>
    /// <param name="report">The report the model is in.</param>
    /// <param name="model">The model.</param>
    public IReadOnlyList<BudgetMiss> Misses(CompressionReport report, ModelMeasurement model)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(model);
        (string Criterion, double? Limit, double? Value, Func<double, string> Text)[] checks =
        [
            ("size", MaxBytes, model.Bytes, value => TableText.Bytes(value)),
            ("time", MaxLatencyMilliseconds, model.Latency?.Tail, value => TableText.Milliseconds(value) + " ms"),
            ("loss", MaxLossPoints, report.Loss(model), BudgetText.Points),
            ("memory", MaxMemoryBytes, model.MemoryBytes, value => TableText.Bytes(value)),
            ("operations", MaxMacs, model.Compute?.Macs, value => TableText.Count((long)value) + "MAC"),
        ];
        return [.. checks.Where(check => check.Limit is { } limit && !(check.Value <= limit)).Select(check => new BudgetMiss(
            model.Name, check.Criterion, check.Limit!.Value, check.Value, check.Text(check.Limit.Value), check.Value is { } value ? check.Text(value) : null))];
    }

    /// <summary>Chooses the best model that keeps the budget.</summary>
    /// <param name="report">The measured models.</param>
    /// <remarks>
    /// Best is the highest quality (accuracy, R² or agreement); of equals the smallest file; of equals the lowest median time; of equals the first. Without data no quality is known, and the
    /// smallest file wins.
    /// </remarks>
    public BudgetChoice Choose(CompressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        BudgetMiss[] misses = [.. report.Models.SelectMany(model => Misses(report, model))];
        HashSet<string> broken = [.. misses.Select(miss => miss.Model)];
        ModelMeasurement[] feasible = [.. report.Models.Where(model => !broken.Contains(model.Name))];
        ModelMeasurement? best = feasible
            .OrderByDescending(model => model.Quality ?? double.NegativeInfinity)
            .ThenBy(model => model.Bytes)
            .ThenBy(model => model.Latency?.P50 ?? double.PositiveInfinity)
            .FirstOrDefault();
        return new BudgetChoice(this, best, [.. feasible.Select(model => model.Name)], misses);
    }

    /// <summary>Returns the limits in words: <c>≤ 2.00 MB, ≤ 5.00 ms, ≤ 1 point</c>.</summary>
    public override string ToString() => BudgetText.Write(this);
}
