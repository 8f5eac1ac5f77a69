namespace MlOps.Learning.Neural;

/// <summary>How a <see cref="Trainer"/> goes through the data.</summary>
public sealed record TrainingOptions
{
    /// <summary>Gets how often every sample is seen.</summary>
    /// <value>At least 1; 10 without.</value>
    public int Epochs { get; init => field = Guard.AtLeast(value, 1, nameof(Epochs)); } = 10;

    /// <summary>Gets the samples in one step. The last batch of an epoch holds what is left.</summary>
    /// <value>At least 1; 64 without.</value>
    public int BatchSize { get; init => field = Guard.AtLeast(value, 1, nameof(BatchSize)); } = 64;

    /// <summary>Gets how the learning rate changes.</summary>
    /// <value>Constant without.</value>
    public LearningRateSchedule Schedule { get; init; } = new ConstantRate();

    /// <summary>Gets the length to which a longer gradient is cut before each step; null leaves gradients alone.</summary>
    /// <remarks>Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the Difficulty of Training Recurrent Neural Networks", ICML 2013.</remarks>
    public double? ClipNorm { get; init => field = value is { } norm ? Guard.Positive(norm, nameof(ClipNorm)) : null; }

    /// <summary>Gets when to stop early; null never does. Needs validation data.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Gets into how many parts each batch is split for data-parallel training; see <see cref="GradientAveraging"/>.</summary>
    /// <value>1 without: threads then share the work inside each layer, which is faster on one machine.</value>
    public int Workers { get; init => field = Guard.AtLeast(value, 1, nameof(Workers)); } = 1;

    /// <summary>Gets the threads to use at most; 0 means one a core. The result does not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 0, nameof(MaxDegreeOfParallelism)); }

    /// <summary>Gets which values of a parameter training may change, by the parameter's name: true learns, false is 0 and stays 0. Parameters that are not named learn whole.</summary>
    /// <remarks>So that a pruned network keeps its zeros. A masked value gets no gradient, so neither momentum nor weight decay can revive it, and <see cref="ClipNorm"/> does not count it.</remarks>
    /// <value>Null without: everything learns.</value>
    public IReadOnlyDictionary<string, bool[]>? Masks { get; init; }

    /// <summary>Gets the seed of the order of samples and of dropout. Equal seeds give equal weights, bit for bit.</summary>
    public int Seed { get; init; }
}
