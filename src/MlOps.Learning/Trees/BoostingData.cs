namespace MlOps.Learning.Trees;

/// <summary>Cases in the order boosting wants them: those to learn from first, then those kept aside for early stopping.</summary>
internal sealed record BoostingData(float[][] Columns, double[] Targets, double[] Weights, int Training)
{
    /// <summary>Leaves out cases that do not count and keeps some aside.</summary>
    /// <param name="x">Features.</param>
    /// <param name="targets">Numbers or codes.</param>
    /// <param name="weights">May be null.</param>
    /// <param name="classes">Of every class the same share is kept aside; 0 for numbers.</param>
    /// <param name="settings">Hyper-parameters.</param>
    /// <param name="options">Threads and cancellation.</param>
    internal static BoostingData Of(Matrix x, double[] targets, double[]? weights, int classes, BoostingSettings settings, ParallelOptions options)
    {
        int[] counted = [.. Enumerable.Range(0, targets.Length).Where(i => weights is null || weights[i] > 0)];
        (int[] training, int[] validation) = Divide(counted, targets, classes, settings);
        int[] order = [.. training, .. validation];
        float[][] columns = FloatColumns.Of(x, missing: true, options, order);
        return new BoostingData(columns, Array.ConvertAll(order, i => targets[i]), Array.ConvertAll(order, i => weights?[i] ?? 1), training.Length);
    }

    private static (int[] Training, int[] Validation) Divide(int[] counted, double[] targets, int classes, BoostingSettings settings)
    {
        if (settings.EarlyStopping is not { } rule)
        {
            return (counted, []);
        }

        Random random = Seeds.Generator(settings.Seed, 0);
        var aside = new HashSet<int>();
        foreach (IGrouping<int, int> group in counted.GroupBy(i => classes > 0 ? (int)targets[i] : 0).OrderBy(group => group.Key))
        {
            int[] members = [.. group];
            random.Shuffle(members);
            aside.UnionWith(members.Take((int)(rule.ValidationShare * members.Length)));
        }

        return aside.Count > 0
            ? ([.. counted.Where(i => !aside.Contains(i))], [.. counted.Where(aside.Contains)])
            : throw new ArgumentException(FormattableString.Invariant($"Early stopping would keep no case aside: {counted.Length} rows, share {rule.ValidationShare}."));
    }
}
