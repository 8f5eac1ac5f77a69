namespace MlOps.Grading.Releasing;

/// <summary>What a student edition gives away.</summary>
public enum LeakKind
{
    /// <summary>A file that students must not have, under its own name or another, or a compiled program.</summary>
    File,

    /// <summary>Code of a reference solution.</summary>
    Solution,

    /// <summary>Code or name of a wrong solution.</summary>
    Mutant,

    /// <summary>The name or the code of a held-back test.</summary>
    HeldBackTest,

    /// <summary>The right answer of a choice or a number.</summary>
    Answer,

    /// <summary>Why an option is wrong.</summary>
    Explanation,
}
