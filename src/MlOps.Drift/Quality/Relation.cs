namespace MlOps.Drift.Quality;

/// <summary>How the value in one column shall stand to the value in another.</summary>
public enum Relation
{
    /// <summary>a &lt; b.</summary>
    Less,

    /// <summary>a ≤ b.</summary>
    LessOrEqual,

    /// <summary>a = b.</summary>
    Equal,

    /// <summary>a ≠ b.</summary>
    NotEqual,

    /// <summary>a ≥ b.</summary>
    GreaterOrEqual,

    /// <summary>a &gt; b.</summary>
    Greater,
}

/// <summary>The signs of relations, and what they mean for the result of a comparison.</summary>
internal static class Relations
{
    internal static IReadOnlyList<string> Signs { get; } = ["<", "<=", "==", "!=", ">=", ">"];

    internal static string Sign(Relation relation) => Signs[(int)relation];

    /// <param name="relation">What is expected.</param>
    /// <param name="order">Below 0, 0 or above 0, as from CompareTo.</param>
    internal static bool Holds(Relation relation, int order) => relation switch
    {
        Relation.Less => order < 0,
        Relation.LessOrEqual => order <= 0,
        Relation.Equal => order == 0,
        Relation.NotEqual => order != 0,
        Relation.GreaterOrEqual => order >= 0,
        _ => order > 0,
    };
}
