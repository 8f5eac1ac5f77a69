namespace MlOps.Quantization.Benchmarking;

/// <summary>A kind of small device as limits for a model. Its speed is not among them: times measured here say nothing about another processor.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Description">The device.</param>
/// <param name="Limits">What a model may take there.</param>
/// <param name="Assumptions">Where the limits come from: what is assumed, not measured. Replace them by your device's: <c>profile with { Limits = … }</c>.</param>
public sealed record EdgeProfile(string Name, string Description, Budget Limits, IReadOnlyList<string> Assumptions)
{
    private const long MB = 1_000_000;

    /// <summary>Gets a phone with 512 MB of memory.</summary>
    public static EdgeProfile Phone { get; } = new(
        "phone",
        "a phone with 512 MB of memory",
        new Budget { MaxBytes = 50 * MB, MaxMemoryBytes = 128 * MB },
        ["Assumption: of 512 MB the system leaves one app about 128 MB for a model before it is closed in the background.", "Assumption: users accept 50 MB more to download."]);

    /// <summary>Gets a Raspberry Pi with 1 GB of memory.</summary>
    public static EdgeProfile RaspberryPi { get; } = new(
        "raspberry-pi",
        "a Raspberry Pi with 1 GB of memory",
        new Budget { MaxBytes = 500 * MB, MaxMemoryBytes = 500 * MB },
        ["Assumption: the smallest variant with 1 GB, half of it for the system and the program around the model.", "Assumption: 500 MB of the memory card."]);

    /// <summary>Gets a web page.</summary>
    public static EdgeProfile Browser { get; } = new(
        "browser",
        "a model that a web page downloads and runs",
        new Budget { MaxBytes = 10 * MB, MaxMemoryBytes = 256 * MB },
        ["Assumption: visitors wait for 10 MB (8 seconds at 10 Mbit/s), besides the runtime itself.", "Assumption: a tab of 256 MB is not closed by the browser of a cheap phone."]);

    /// <summary>Gets a microcontroller.</summary>
    public static EdgeProfile Microcontroller { get; } = new(
        "microcontroller",
        "a microcontroller with 1 MiB of flash and 256 KiB of RAM",
        new Budget { MaxBytes = 512 * 1024 },
        [
            "Assumption: a Cortex-M4 class chip with 1 MiB of flash and 256 KiB of RAM; half of each is left beside the program.",
            "Assumption: weights stay in flash, so only activations need RAM.",
            "ONNX Runtime does not run there: size and activations are checked, not whether another runtime has the operators.",
        ])
    {
        MaxActivationBytes = 128 * 1024,
    };

    /// <summary>Gets all profiles.</summary>
    public static IReadOnlyList<EdgeProfile> All { get; } = [Phone, RaspberryPi, Browser, Microcontroller];

    /// <summary>Gets the most memory for activations alone, in bytes, where weights are read from where they are stored; null if it is not limited.</summary>
    public long? MaxActivationBytes { get; init; }

    /// <summary>Finds a profile by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the message lists them.</exception>
    public static EdgeProfile Named(string name) =>
        All.FirstOrDefault(profile => profile.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no profile '{name}'; there are {string.Join(", ", All.Select(profile => profile.Name))}.", nameof(name));

    /// <summary>Checks every model of a report.</summary>
    /// <param name="report">The measured models.</param>
    /// <returns>A verdict a model, in their order.</returns>
    public IReadOnlyList<ProfileVerdict> Check(CompressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. report.Models.Select(model => new ProfileVerdict(this, model.Name, [.. Limits.Misses(report, model), .. Activations(model)]))];
    }

    private IEnumerable<BudgetMiss> Activations(ModelMeasurement model)
    {
        if (MaxActivationBytes is { } limit && !(model.Memory?.ActivationBytes <= limit))
        {
            yield return new BudgetMiss(model.Name, "activations", limit, model.Memory?.ActivationBytes, TableText.Bytes(limit), model.Memory is { } memory ? TableText.Bytes(memory.ActivationBytes) : null);
        }
    }
}
