// MUTANT caught by: Log_RefusedAttempt_StandsInTheLog
// It looks at the numbers itself and leaves no trace of a refusal.
// 9.5 · Promote only if the gates hold · 3 points
//
// Write `Promote(models, version, actor, reason)`. It makes a version of the model `credit` its `champion`
// if all of this holds for the version's run, and returns whether it did:
//
// - `auc` is at least 0.75
// - `auc` is not worse than that of the present champion by more than 0.02; without a champion anything goes
// - `worst_group_recall`, the recall of the worst-off group, is at least 0.6
// - `train_auc` is above `auc` by at most 0.1: more means that the model knows its training rows by heart
//
// A metric that was not logged does not hold. If something does not hold, nothing moves, and the attempt
// stands in the promotion log as refused, with actor and reason like every other entry.
//
// The methods below your code call yours and stay as they are. Beside .NET you may use MlOps.Tracking.
//
// Worked value: a first version with auc 0.80, worst_group_recall 0.7 and train_auc 0.85 is promoted.
//
// Check:  ./mlops check 9.5      Hint:  ./mlops check 9.5 --hint

using MlOps.Tracking;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace Week09;

/// <summary>Promotes versions of the model "credit".</summary>
public static class Promotion
{
    // BEGIN YOUR CODE
    /// <summary>Makes a version the champion if every gate lets it through.</summary>
    public static bool Promote(ModelRegistry models, int version, string actor, string reason)
    {
        Run run = models.Store.GetRun(models.Version("credit", version).RunId);
        int? champion = models.History("credit", "champion").Periods.LastOrDefault()?.Version;
        double floor = champion is { } held ? (models.Store.GetRun(models.Version("credit", held).RunId).Metric("auc") ?? 0) - 0.02 : 0;
        bool holds = run.Metric("auc") >= Math.Max(0.75, floor) && run.Metric("worst_group_recall") >= 0.6 && run.Metric("train_auc") - run.Metric("auc") <= 0.1;
        if (holds)
        {
            models.Store.SetAlias("credit", "champion", version, new PromotionNote(actor, reason));
        }

        return holds;
    }
    // END YOUR CODE
    /// <summary>What the tests call: registers a version for each row of auc, worst_group_recall and train_auc (NaN: was not logged), tries to promote one after the other, and tells who is champion each time.</summary>
    public static string[] Champions(double[][] metrics)
    {
        using Tracker tracker = NewTracker();
        return [.. metrics.Select((row, i) =>
        {
            Register(tracker, row);
            bool promoted = Promote(tracker.Models, i + 1, "asha", $"attempt {i + 1}");
            int? champion = tracker.Models.History("credit", "champion").Periods.LastOrDefault()?.Version;
            return $"{(promoted ? "promoted" : "refused")}, champion {(object?)champion ?? "none"}";
        })];
    }

    /// <summary>What the tests call: the same, and returns the promotion log, a line an entry.</summary>
    public static string[] Log(double[][] metrics)
    {
        using Tracker tracker = NewTracker();
        for (int i = 0; i < metrics.Length; i++)
        {
            Register(tracker, metrics[i]);
            Promote(tracker.Models, i + 1, "asha", $"attempt {i + 1}");
        }

        return [.. tracker.Store.GetPromotionLog("credit").Select(entry => $"{entry.Action} {entry.Target} {entry.Version} by {entry.Actor}: {entry.Reason}")];
    }

    private static Tracker NewTracker() =>
        new($"file:./models-{Guid.NewGuid():N}", "credit", new TrackerOptions { User = "student", CaptureCode = false, CaptureEnvironment = false });

    private static void Register(Tracker tracker, double[] row)
    {
        string[] names = ["auc", "worst_group_recall", "train_auc"];
        Run run = tracker.Run("candidate", active =>
        {
            active.Artifact("model/model.onnx", "the model");
            foreach ((string name, double value) in names.Zip(row).Where(pair => !double.IsNaN(pair.Second)))
            {
                active.Metric(name, value);
            }
        });
        tracker.Models.Register("credit", run, "model");
    }
}
