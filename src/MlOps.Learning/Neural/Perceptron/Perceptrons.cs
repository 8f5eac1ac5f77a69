namespace MlOps.Learning.Neural;

/// <summary>What the classifier and the regressor have in common: build, split off validation rows, train.</summary>
internal static class Perceptrons
{
    internal static TrainingResult Train(MlpOptions options, TrainingData data, int outputs, Loss loss, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var builder = new NetworkBuilder(data.X.Shape);
        foreach (int neurons in options.Hidden)
        {
            builder.Dense(neurons).ReLU();
            if (options.Dropout > 0)
            {
                builder.Dropout(options.Dropout);
            }
        }

        Network network = builder.Dense(outputs).Build(options.Seed);
        (TrainingData training, TrainingData? validation) = Split(data, options);
        var trainer = new Trainer(loss, new AdamW(options.LearningRate, weightDecay: options.WeightDecay), new TrainingOptions
        {
            Epochs = options.Epochs,
            BatchSize = options.BatchSize,
            EarlyStopping = validation is null ? null : new EarlyStopping(options.Patience),
            Seed = options.Seed,
        });
        return trainer.Fit(network, training, validation, progress is null ? null : new EpochShare(progress), cancellationToken);
    }

    private static (TrainingData Training, TrainingData? Validation) Split(TrainingData data, MlpOptions options)
    {
        int kept = (int)Math.Round(options.ValidationShare * data.X.Count);
        if (kept == 0)
        {
            return (data, null);
        }

        int[] order = [.. Enumerable.Range(0, data.X.Count)];
        Seeds.Generator(options.Seed, -1).Shuffle(order); // −1: epochs have the numbers from 0 on
        TrainingData validation = data.Take(order.AsSpan(0, kept));
        TrainingData training = data.Take(order.AsSpan(kept));
        bool counts = (training.Weights?.Any(weight => weight > 0) ?? true) && (validation.Weights?.Any(weight => weight > 0) ?? true);
        return counts ? (training, validation) : throw new ArgumentException("All rows that count fell to one side of the split for validation; use no validation share with so few.", nameof(data));
    }

    private sealed class EpochShare(IProgress<double> progress) : IProgress<EpochRecord>
    {
        public void Report(EpochRecord value) => progress.Report((double)value.Epoch / value.Epochs);
    }
}
