namespace MlOps.Explain.Lime;

/// <summary>How LIME samples around a row and how small its answer is.</summary>
public sealed record LimeOptions
{
    /// <summary>Gets how many samples are drawn, the row itself among them, ≥ 10.</summary>
    /// <value>5,000, as the Python package.</value>
    public int Samples { get; init; } = 5000;

    /// <summary>Gets how many features are reported at most, ≥ 1; the others get 0.</summary>
    /// <value>6.</value>
    public int Features { get; init; } = 6;

    /// <summary>Gets the width of the kernel <c>√exp(−d² / width²)</c>, &gt; 0. Wide: a global answer; narrow: few samples count.</summary>
    /// <value>null: 0.75 · √d for tables of d features, 25 for texts.</value>
    public double? KernelWidth { get; init; }

    /// <summary>Gets the ridge penalty of the linear model, &gt; 0.</summary>
    /// <value>1.</value>
    public double Alpha { get; init; } = 1;

    /// <summary>Gets how the features are chosen.</summary>
    /// <value><see cref="LimeSelection.Auto"/>.</value>
    public LimeSelection Selection { get; init; } = LimeSelection.Auto;

    /// <summary>Gets the seed. Every call starts from it, so the same row always gets the same explanation.</summary>
    /// <value>7.</value>
    public int Seed { get; init; } = 7;

    internal LimeOptions Checked()
    {
        Guard.AtLeast(Samples, 10);
        Guard.AtLeast(Features, 1);
        Guard.Positive(Alpha);
        if (KernelWidth is { } width)
        {
            Guard.Positive(width, nameof(KernelWidth));
        }

        return Enum.IsDefined(Selection) ? this : throw new ArgumentOutOfRangeException(nameof(Selection), Selection, "Unknown selection.");
    }
}
