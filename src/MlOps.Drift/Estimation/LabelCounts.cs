using System.Globalization;

namespace MlOps.Drift.Estimation;

/// <summary>What became of everything that came in: nothing is dropped without being counted.</summary>
/// <remarks><c>Labels = Joined + Waiting + Dropped + Duplicates + Contradictory + BeforePrediction + FutureLabels</c>;
/// <c>Received = Kept + Evicted + DuplicatePredictions + InvalidScores + FuturePredictions</c>.</remarks>
public sealed record LabelCounts
{
    /// <summary>Gets the predictions that were logged, whatever became of them.</summary>
    public long Received { get; init; }

    /// <summary>Gets the predictions that are held now.</summary>
    public long Kept { get; init; }

    /// <summary>Gets the predictions given up because the memory limit was reached; their labels will wait in vain.</summary>
    public long Evicted { get; init; }

    /// <summary>Gets the kept predictions that came after one with a later time.</summary>
    public long OutOfOrder { get; init; }

    /// <summary>Gets the predictions whose id was already kept.</summary>
    public long DuplicatePredictions { get; init; }

    /// <summary>Gets the predictions with a score that is NaN or infinite.</summary>
    public long InvalidScores { get; init; }

    /// <summary>Gets the predictions from the future.</summary>
    public long FuturePredictions { get; init; }

    /// <summary>Gets the labels that came, whatever became of them.</summary>
    public long Labels { get; init; }

    /// <summary>Gets the labels joined to a prediction, late ones and those evicted since included.</summary>
    public long Joined { get; init; }

    /// <summary>Gets those of them that were late.</summary>
    public long Late { get; init; }

    /// <summary>Gets the labels of unknown ids that wait for their prediction.</summary>
    public long Waiting { get; init; }

    /// <summary>Gets the labels of unknown ids that were given up because too many waited.</summary>
    public long Dropped { get; init; }

    /// <summary>Gets the labels that repeat an earlier one.</summary>
    public long Duplicates { get; init; }

    /// <summary>Gets the labels that contradict an earlier one.</summary>
    public long Contradictory { get; init; }

    /// <summary>Gets the labels older than their prediction.</summary>
    public long BeforePrediction { get; init; }

    /// <summary>Gets the labels from the future.</summary>
    public long FutureLabels { get; init; }

    /// <summary>Returns what is not as it should be, one sentence each.</summary>
    public IReadOnlyList<string> Problems()
    {
        (long Count, string What)[] all =
        [
            (Evicted, "predictions were given up at the memory limit"),
            (OutOfOrder, "predictions came out of the order of time"),
            (DuplicatePredictions, "predictions repeat an id; the first one counts"),
            (InvalidScores, "predictions have a score that is no finite number; not kept"),
            (FuturePredictions, "predictions lie in the future; not kept"),
            (Late, "labels came late"),
            (Waiting, "labels wait for a prediction of an unknown id"),
            (Dropped, "labels of unknown ids were given up"),
            (Duplicates, "labels repeat an earlier one"),
            (Contradictory, "labels contradict an earlier one; the first one counts"),
            (BeforePrediction, "labels are older than their prediction; not joined"),
            (FutureLabels, "labels lie in the future; not joined"),
        ];
        return [.. all.Where(entry => entry.Count > 0).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Count:N0} {entry.What}."))];
    }
}
