namespace MlOps.Drift.Texts;

/// <summary>What a comparison of texts looks at and where it draws its lines.</summary>
public sealed record TextDriftOptions
{
    /// <summary>Gets the number of topics the reference is sorted into, at least 2. Default 8; fewer when there are fewer different texts.</summary>
    public int Topics { get; init => field = Guard.AtLeast(value, 2, nameof(Topics)); } = 8;

    /// <summary>Gets the number of words whose shares are compared, the most frequent of both sides; the others count as one. Default 200.</summary>
    public int Words { get; init => field = Guard.AtLeast(value, 2, nameof(Words)); } = 200;

    /// <summary>Gets the level of the tests. Default 0.05.</summary>
    public double Alpha { get; init => field = Guard.Share(value, nameof(Alpha)); } = 0.05;

    /// <summary>Gets how far the out-of-vocabulary share may rise above what it is by chance. Default 0.05.</summary>
    public double OutOfVocabularyRise { get; init => field = Guard.Share(value, nameof(OutOfVocabularyRise)); } = 0.05;

    /// <summary>Gets the Jensen–Shannon distance of the word shares that counts as drift. Default 0.1.</summary>
    public double WordThreshold { get; init => field = Guard.Positive(value, nameof(WordThreshold)); } = 0.1;

    /// <summary>Gets the PSI of the topics, and of the lengths, that counts as drift. Default 0.1.</summary>
    public double PsiThreshold { get; init => field = Guard.Positive(value, nameof(PsiThreshold)); } = 0.1;

    /// <summary>Gets the seed of the topics' starting points.</summary>
    public int Seed { get; init; } = 2026;
}
