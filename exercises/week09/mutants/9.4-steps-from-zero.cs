// MUTANT caught by: Kept_OneTrial_IsAsTheStatementSays
// Its first epoch has step 0.
// 9.4 · Log a sweep and find the best · 4 points
//
// Write two methods. `Log(tracker, trial)` logs a trial as a run of its own:
//
// - The run has the trial's name and the parameter `rate`.
// - The metric `auc` has one point an epoch. Epochs are steps and count from 1.
// - The metric `best_auc` is the largest AUC of all epochs that is a number. If none is, the run has no
//   such metric.
// - If one of the AUCs is NaN, the run has the tag `diverged` with the value `true`; else it has no such tag.
// - The run has ended when the method returns.
//
// `Best(tracker, count)` returns the names of the runs with the largest `best_auc`, the largest first and
// at most count of them. Runs that diverged do not take part. With equal values the name decides, in
// rising order.
//
// The two methods below your code call yours and stay as they are. Beside .NET you may use MlOps.Tracking.
//
// Worked value: of "a" with AUCs 0.6, 0.8, 0.7 and "b" with 0.7, 0.75, 0.76 the best one is ["a"].
//
// Check:  ./mlops check 9.4      Hint:  ./mlops check 9.4 --hint

using MlOps.Tracking;
using MlOps.Tracking.Stores;

namespace Week09;

/// <summary>One setting that a sweep tries, and what came of it.</summary>
/// <param name="Name">The name of its run.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Auc">The AUC after each epoch.</param>
public sealed record Trial(string Name, double Rate, double[] Auc);

/// <summary>Logs a sweep and finds its best runs.</summary>
public static class Sweep
{
    // BEGIN YOUR CODE
    /// <summary>Logs a trial as a run of its own.</summary>
    public static void Log(Tracker tracker, Trial trial)
    {
        using ActiveRun run = tracker.StartRun(trial.Name);
        run.Log(("rate", trial.Rate));
        for (int epoch = 1; epoch <= trial.Auc.Length; epoch++)
        {
            run.Metric("auc", trial.Auc[epoch - 1], epoch - 1);
        }

        double[] real = [.. trial.Auc.Where(auc => !double.IsNaN(auc))];
        if (real.Length > 0)
        {
            run.Metric("best_auc", real.Max());
        }

        if (real.Length < trial.Auc.Length)
        {
            run.Tag("diverged", "true");
        }
    }

    /// <summary>Returns the names of the best runs, the best first.</summary>
    public static string[] Best(Tracker tracker, int count) =>
        [.. tracker.Runs("metrics.best_auc >= 0 AND tags.diverged IS NULL", "metrics.best_auc DESC", "attributes.run_name ASC")
            .Take(count).Select(run => run.Info.Name)];
    // END YOUR CODE
    /// <summary>What the tests call: logs all trials into a new store and returns the names of the best.</summary>
    public static string[] BestOf(string[] names, double[] rates, double[][] aucs, int count)
    {
        using Tracker tracker = Logged(names, rates, aucs);
        return Best(tracker, count);
    }

    /// <summary>What the tests call: logs all trials into a new store and returns what is in it, a line a run.</summary>
    public static string[] Kept(string[] names, double[] rates, double[][] aucs)
    {
        using Tracker tracker = Logged(names, rates, aucs);
        return [.. tracker.Runs(null, "attributes.run_name ASC").Select(run => FormattableString.Invariant(
            $"{run.Info.Name}: {run.Info.Status}, rate {run.Param("rate")}, best {(object?)run.Metric("best_auc") ?? "none"}, diverged {run.Tag("diverged") ?? "not set"}, auc {Curve(tracker, run)}"))];
    }

    private static string Curve(Tracker tracker, Run run) => string.Join(' ', tracker.Store.GetMetricHistory(run.Info.RunId, "auc")
        .Select(point => FormattableString.Invariant($"{point.Step}:{point.Value}")));

    private static Tracker Logged(string[] names, double[] rates, double[][] aucs)
    {
        var options = new TrackerOptions { User = "student", CaptureCode = false, CaptureEnvironment = false };
        var tracker = new Tracker($"file:./runs-{Guid.NewGuid():N}", "sweep", options);
        for (int i = 0; i < names.Length; i++)
        {
            Log(tracker, new Trial(names[i], rates[i], aucs[i]));
        }

        return tracker;
    }
}
