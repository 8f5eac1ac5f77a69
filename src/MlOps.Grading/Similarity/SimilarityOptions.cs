namespace MlOps.Grading.Similarity;

/// <summary>What counts as a match, and which pairs are worth a look.</summary>
/// <remarks>
/// The defaults are for exercises of 30 to a few hundred tokens. A <c>for</c> header is 16 tokens long, so a shorter
/// <see cref="GramLength"/> finds idioms rather than copies.
/// </remarks>
public sealed record SimilarityOptions
{
    /// <summary>Gets k, the tokens that are hashed together; no shorter match is ever seen.</summary>
    /// <value>At least 1. Default: 15.</value>
    public int GramLength { get; init => field = Guard.AtLeast(value, 1, nameof(GramLength)); } = 15;

    /// <summary>Gets w, the k-grams of which at least one is kept. Every match of w + k − 1 tokens or more is found.</summary>
    /// <value>At least 1; 1 keeps every k-gram. Default: 6, so that 20 tokens are found for certain.</value>
    public int Window { get; init => field = Guard.AtLeast(value, 1, nameof(Window)); } = 6;

    /// <summary>Gets the share of the class beyond which a k-gram is common code and no longer counts.</summary>
    /// <value>In [0, 1]; 1 turns it off. Default: 0.5.</value>
    public double CommonShare { get; init => field = Guard.Share(value, nameof(CommonShare)); } = 0.5;

    /// <summary>Gets how many students may always have a k-gram in common, however small the class.</summary>
    /// <value>At least 2: else the copy of one student from another would be common code. Default: 4.</value>
    public int CommonStudents { get; init => field = Guard.AtLeast(value, 2, nameof(CommonStudents)); } = 4;

    /// <summary>Gets the fewest tokens of its own, beyond starter and common code, that a solution needs to be compared.</summary>
    /// <value>At least 1. Default: 30.</value>
    public int MinTokens { get; init => field = Guard.AtLeast(value, 1, nameof(MinTokens)); } = 30;

    /// <summary>Gets the least containment at which a pair is reported.</summary>
    /// <value>In [0, 1]; a pair with nothing in common is never reported. Default: 0.5.</value>
    public double Threshold { get; init => field = Guard.Share(value, nameof(Threshold)); } = 0.5;
}
