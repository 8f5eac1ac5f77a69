namespace MlOps.Learning.Neural;

/// <summary>Hyper-parameters of a multi-layer perceptron.</summary>
public sealed record MlpOptions
{
    /// <summary>Gets the neurons of each hidden layer, from the input on; each layer is followed by ReLU. Empty: a linear model.</summary>
    /// <value>One layer of 100 without.</value>
    public IReadOnlyList<int> Hidden { get; init => field = Checked(value); } = [100];

    /// <summary>Gets how often every row is seen, at most.</summary>
    /// <value>At least 1; 100 without.</value>
    public int Epochs { get; init => field = Guard.AtLeast(value, 1, nameof(Epochs)); } = 100;

    /// <summary>Gets the rows in one step.</summary>
    /// <value>At least 1; 32 without.</value>
    public int BatchSize { get; init => field = Guard.AtLeast(value, 1, nameof(BatchSize)); } = 32;

    /// <summary>Gets the size of the steps of AdamW.</summary>
    /// <value>Greater than 0; 0.001 without.</value>
    public double LearningRate { get; init => field = Guard.Positive(value, nameof(LearningRate)); } = 0.001;

    /// <summary>Gets the pull of the weights towards 0.</summary>
    /// <value>At least 0; 0.01 without.</value>
    public double WeightDecay { get; init => field = Guard.NonNegative(value, nameof(WeightDecay)); } = 0.01;

    /// <summary>Gets the probability with which a hidden neuron is left out in a step.</summary>
    /// <value>In [0, 1); 0 without.</value>
    public double Dropout { get; init => field = new Dropout(value).Rate; }

    /// <summary>Gets the share of rows that are kept for deciding when to stop; 0 trains all epochs on all rows.</summary>
    /// <value>In [0, 0.5]; 0 without.</value>
    public double ValidationShare
    {
        get;
        init => field = value is >= 0 and <= 0.5 ? value : throw new ArgumentOutOfRangeException(nameof(ValidationShare), value, "The validation share must be between 0 and 0.5.");
    }

    /// <summary>Gets the epochs without a better validation loss after which training stops.</summary>
    /// <value>At least 1; 10 without.</value>
    public int Patience { get; init => field = Guard.AtLeast(value, 1, nameof(Patience)); } = 10;

    /// <summary>Gets the seed of weights, order and dropout.</summary>
    public int Seed { get; init; }

    internal (string Key, object? Value)[] Settings() =>
    [
        ("hidden", string.Join(", ", Hidden)), ("epochs", Epochs), ("batchSize", BatchSize), ("learningRate", LearningRate), ("weightDecay", WeightDecay), ("dropout", Dropout),
        ("validationShare", ValidationShare), ("patience", Patience), ("seed", Seed),
    ];

    private static int[] Checked(IReadOnlyList<int> hidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        foreach (int neurons in hidden)
        {
            Guard.AtLeast(neurons, 1, nameof(Hidden));
        }

        return [.. hidden];
    }
}
