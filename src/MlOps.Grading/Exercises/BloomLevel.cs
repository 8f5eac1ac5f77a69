namespace MlOps.Grading.Exercises;

/// <summary>What an exercise asks of the mind: the six levels of Bloom's revised taxonomy, from least to most.</summary>
/// <remarks>Source: L. W. Anderson, D. R. Krathwohl (eds.), "A Taxonomy for Learning, Teaching, and Assessing" (2001).</remarks>
public enum BloomLevel
{
    /// <summary>Recall a term or a fact.</summary>
    Remember,

    /// <summary>Explain in one's own words.</summary>
    Understand,

    /// <summary>Use a known method on a new case.</summary>
    Apply,

    /// <summary>Take apart and find causes.</summary>
    Analyse,

    /// <summary>Judge by criteria.</summary>
    Evaluate,

    /// <summary>Build something new.</summary>
    Create,
}
