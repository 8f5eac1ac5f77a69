using MlOps.Data.Images;
using MlOps.Learning.Neural;

namespace MlOps.Learning.Recipes;

/// <summary>Trains a network on pictures with settings that suit small ones, such as digits of 28 × 28.</summary>
/// <remarks>
/// <c>cnn</c>: twice a convolution of 5 × 5 (16, then 32 filters), ReLU and max pooling, then a hidden layer of 128 and the classes. <c>mlp</c>: two hidden layers of
/// 256. Pixels go in as numbers from 0 (black) to 1; a batch normalisation in front learns their mean and spread, so an exported file takes the same numbers. AdamW
/// whose steps shrink along a cosine, batches of 64, nothing is augmented.
/// </remarks>
public sealed record ImageTraining
{
    private const double LearningRate = 0.002;
    private const int BatchSize = 64;
    private const double DropoutRate = 0.5;

    /// <summary>The kinds of networks there are.</summary>
    public static IReadOnlyList<string> Models { get; } = ["cnn", "mlp"];

    /// <summary>Gets the kind of network, one of <see cref="Models"/>.</summary>
    /// <value><c>cnn</c> without.</value>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public string Model
    {
        get;
        init => field = Models.Contains(value) ? value : throw new ArgumentException($"There is no model '{value}' for pictures. There are: {string.Join(", ", Models)}.", nameof(value));
    }
    = Models[0];

    /// <summary>Gets how often every picture is seen.</summary>
    /// <value>At least 1; 10 without.</value>
    public int Epochs { get; init => field = Guard.AtLeast(value, 1, nameof(Epochs)); } = 10;

    /// <summary>Gets a value indicating whether all classes count alike, however rare they are.</summary>
    public bool BalanceClasses { get; init; }

    /// <summary>Gets the seed of weights, order and dropout.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Gets the hyper-parameters by name, for the record.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["epochs"] = FormattableString.Invariant($"{Epochs}"),
        ["learningRate"] = FormattableString.Invariant($"{LearningRate}"),
        ["batchSize"] = FormattableString.Invariant($"{BatchSize}"),
    };

    /// <summary>Trains.</summary>
    /// <param name="train">The pictures with their classes.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">There is no picture, or one class only.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TrainedImages Fit(ImageSet train, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        var labels = new Labels(train.Labels.ToArray(), train.ClassNames);
        if (labels.Counts().Count(count => count > 0) < 2)
        {
            throw new ArgumentException(train.Count == 0 ? "There are no pictures to learn from." : $"A classifier needs pictures of two classes; all are '{labels[0]}'.", nameof(train));
        }

        Network network = Build(TensorShape.Image(train.Channels, train.Height, train.Width), train.ClassNames.Count);
        var trainer = new Trainer(new CrossEntropy(), new AdamW(LearningRate), new TrainingOptions { Epochs = Epochs, BatchSize = BatchSize, Seed = Seed, Schedule = new CosineDecay() });
        var data = new TrainingData(Tensor.FromBytes(network.InputShape, train.Pixels), labels, BalanceClasses ? ClassWeights.Balanced(labels) : null);
        TrainingResult result = trainer.Fit(network, data, null, progress is null ? null : new EpochProgress(progress), cancellationToken);
        return new TrainedImages(result.Network, train.ClassNames, result.History);
    }

    /// <summary>The network before training.</summary>
    private Network Build(TensorShape image, int classes)
    {
        NetworkBuilder builder = new NetworkBuilder(image).BatchNorm();
        if (Model == "mlp")
        {
            return builder.Flatten().Dense(256).ReLU().Dropout(DropoutRate).Dense(256).ReLU().Dense(classes).Build(Seed);
        }

        foreach (int filters in new[] { 16, 32 })
        {
            builder = builder.Conv2D(filters, 5, padding: 2).ReLU();
            builder = Math.Min(builder.Shape.Height, builder.Shape.Width) >= 2 ? builder.MaxPool(2) : builder; // nothing to pool in a single row of pixels
        }

        return builder.Flatten().Dense(128).ReLU().Dropout(DropoutRate).Dense(classes).Build(Seed);
    }

    private sealed class EpochProgress(IProgress<double> share) : IProgress<EpochRecord>
    {
        public void Report(EpochRecord value) => share.Report((double)value.Epoch / value.Epochs);
    }
}
