namespace MlOps.Drift.Estimation;

/// <summary>A prediction, and its label if it has come.</summary>
/// <param name="Id">What joins prediction and label.</param>
/// <param name="Time">When the prediction was made.</param>
/// <param name="Score">The model's score, finite.</param>
/// <param name="Segment">A group the row belongs to; null if none was given.</param>
public sealed record LoggedPrediction(string Id, DateTimeOffset Time, double Score, string? Segment)
{
    /// <summary>Gets the label; null until it comes.</summary>
    public bool? Label { get; init; }

    /// <summary>Gets when the label became known; null until it comes.</summary>
    public DateTimeOffset? LabelTime { get; init; }

    /// <summary>Returns whether the label was known at a moment.</summary>
    public bool IsLabelled(DateTimeOffset asOf) => LabelTime is { } time && time <= asOf;
}
