namespace MlOps.Tracking;

/// <summary>One point of a metric's curve.</summary>
/// <param name="Key">The metric's name.</param>
/// <param name="Value">Any double; NaN and the infinities are kept as they are.</param>
/// <param name="Timestamp">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Step">What the curve is drawn over, such as the epoch; 0 if the metric has one value.</param>
/// <remarks>
/// A point has no other identity: the same key, value, timestamp and step logged twice is one point, so a client may repeat what it is not
/// sure of. A run's summary holds of every key the greatest point by (step, timestamp, value), NaN being the least value.
/// </remarks>
public readonly record struct Metric(string Key, double Value, long Timestamp, long Step = 0);
