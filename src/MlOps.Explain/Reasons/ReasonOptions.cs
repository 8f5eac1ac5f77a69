namespace MlOps.Explain.Reasons;

/// <summary>What a decision needs, and whom to turn to.</summary>
public sealed record ReasonOptions
{
    /// <summary>Gets what is decided on: <c>loan application</c>.</summary>
    /// <value><c>application</c>.</value>
    public string Subject { get; init; } = "application";

    /// <summary>Gets what the model's number is called in the letter.</summary>
    /// <value><c>score</c>.</value>
    public string ScoreName { get; init; } = "score";

    /// <summary>Gets the number that the decision needs.</summary>
    /// <value>0.5.</value>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Gets whether a higher number is better for the person: true for a probability of approval, false for one of default.</summary>
    /// <value>true.</value>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>Gets how many reasons against are named at most, 1 to 10.</summary>
    /// <value>4, what notices of adverse action name at most as a rule (US Regulation B, official interpretation of § 1002.9(b)(2)).</value>
    public int MaxReasons { get; init; } = 4;

    /// <summary>Gets how many points in favour are named at most, ≥ 0.</summary>
    /// <value>3.</value>
    public int MaxFavourable { get; init; } = 3;

    /// <summary>Gets the share of all that counted against (or in favour) below which something is not named, in [0, 1].</summary>
    /// <value>0.05.</value>
    public double MinShare { get; init; } = 0.05;

    /// <summary>Gets whom to write to: <c>reviews@bank.example, within 30 days</c>.</summary>
    /// <value>null: the letter says "whoever sent you this letter".</value>
    public string? Contact { get; init; }

    internal ReasonOptions Checked()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Subject);
        ArgumentException.ThrowIfNullOrWhiteSpace(ScoreName);
        Guard.Finite(Threshold);
        Guard.AtLeast(MaxReasons, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxReasons, 10);
        Guard.AtLeast(MaxFavourable, 0);
        Guard.Share(MinShare);
        return this;
    }
}
