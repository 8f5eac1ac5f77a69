namespace MlOps.Learning.Metrics;

/// <summary>How the numbers of several classes become one.</summary>
public enum Average
{
    /// <summary>The plain mean over the classes: a rare class counts as much as a common one.</summary>
    Macro,

    /// <summary>The mean weighted by how often each class is the truth.</summary>
    Weighted,

    /// <summary>Over all decisions of all classes pooled: each case counts alike.</summary>
    Micro,
}
