namespace MlOps.Quantization;

/// <summary>How a file or folder becomes the rows that a model reads.</summary>
public sealed record ModelDataOptions
{
    /// <summary>Gets where the right answers are: a column of a CSV file, an array of an .npz file, or, beside an .npy or .idx file, another such file. Null: nowhere; a folder of pictures has them in the names of its sub-folders.</summary>
    public string? Label { get; init; }

    /// <summary>Gets the columns of a CSV file that go into the model's only input, in order; null if the model says so itself, or takes all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Gets what each number of a picture or array is multiplied by; null: 1/255 for pictures and .idx files, so that they lie in [0, 1], and 1 for other arrays. A CSV file's numbers stay as they are.</summary>
    public double? Scale { get; init; }

    /// <summary>Gets what is taken off after scaling: one number, or one a channel. Empty: nothing.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [];

    /// <summary>Gets what the rest is divided by: one number ≠ 0, or one a channel. Empty: nothing.</summary>
    public IReadOnlyList<double> StandardDeviation { get; init; } = [];

    /// <summary>Gets the rows of a batch, ≥ 1; a model of a fixed batch has its own number.</summary>
    public int RowsPerBatch { get; init; } = 64;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RowsPerBatch, 1);
        if (Scale is { } scale)
        {
            Guard.Finite(scale, nameof(Scale));
        }

        foreach (double mean in Mean)
        {
            Guard.Finite(mean, nameof(Mean));
        }

        if (StandardDeviation.Any(value => value == 0 || !double.IsFinite(value)))
        {
            throw new ArgumentException("Nothing can be divided by a standard deviation that is 0 or no finite number.", nameof(StandardDeviation));
        }
    }
}
