namespace MlOps.Fairness;

/// <summary>How a <see cref="FairnessReport"/> is made. The defaults need no thought.</summary>
public sealed record FairnessOptions
{
    /// <summary>Gets the name of the group the others are compared with in the signed metrics; null takes the one with the most rows, the first of equals.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets the confidence of all intervals, between 0 and 1; 0.95 by default.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets the number of rows below which a group is named in the warnings; 30 by default.</summary>
    public int SmallGroup { get; init; } = 30;

    /// <summary>Gets the number of rows below which a group is left out of the comparisons and listed; 0 by default, which leaves none out.</summary>
    public int MinimumGroup { get; init; }

    /// <summary>Gets how often the counts are drawn anew for the intervals of the comparisons; 0 by default, which makes none. 1,000 is usual.</summary>
    public int BootstrapSamples { get; init; }

    /// <summary>Gets the seed of the bootstrap; equal seeds give equal intervals.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the number of bins of the calibration, ≥ 1; 10 by default.</summary>
    public int CalibrationBins { get; init; } = 10;

    internal void Check()
    {
        if (!(Confidence > 0 && Confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Confidence), FormattableString.Invariant($"{nameof(Confidence)} lies between 0 and 1, both excluded; got {Confidence}."));
        }

        Guard.AtLeast(SmallGroup, 0);
        Guard.AtLeast(MinimumGroup, 0);
        Guard.AtLeast(BootstrapSamples, 0);
        Guard.AtLeast(CalibrationBins, 1);
    }
}
