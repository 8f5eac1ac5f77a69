namespace MlOps.Drift.Simulation;

/// <summary>How long and how often a simulation runs.</summary>
public sealed record SimulationOptions
{
    /// <summary>Gets the number of runs, each with random numbers of its own. Default 200.</summary>
    public int Runs { get; init => field = Guard.AtLeast(value, 1, nameof(Runs)); } = 200;

    /// <summary>Gets the number of values before the change; whatever alarms there is a false alarm. Default 2,000.</summary>
    public int ValuesBefore { get; init => field = Guard.AtLeast(value, 1, nameof(ValuesBefore)); } = 2_000;

    /// <summary>Gets the number of values after the change; a change that is not seen by then is missed. Default 2,000.</summary>
    public int ValuesAfter { get; init => field = Guard.AtLeast(value, 1, nameof(ValuesAfter)); } = 2_000;

    /// <summary>Gets the seed. Equal seeds give equal results on any number of threads.</summary>
    public int Seed { get; init; } = 2026;

    /// <summary>The random numbers of one run. Seed and run are mixed: seeds that lie close together give <see cref="Random"/> first values that do so too.</summary>
    internal Random RandomOf(int run)
    {
        ulong mixed = unchecked((((ulong)(uint)Seed << 32) | (uint)run) * 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93UL);
        return new Random(unchecked((int)(mixed >> 32)));
    }
}
