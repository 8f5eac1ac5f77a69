namespace MlOps.Tracking;

/// <summary>A run as a store returns it: a snapshot, which does not follow what is logged later.</summary>
/// <param name="Info">Identity, status, times.</param>
/// <param name="Metrics">One point a key, the greatest by (step, timestamp, value); in ordinal order of the keys.</param>
/// <param name="Params">In ordinal order of the keys.</param>
/// <param name="Tags">In ordinal order of the keys.</param>
/// <param name="Inputs">The data sets it used.</param>
public sealed partial record Run(RunInfo Info, IReadOnlyList<Metric> Metrics, IReadOnlyList<Param> Params, IReadOnlyList<Tag> Tags, IReadOnlyList<DatasetInput> Inputs);
