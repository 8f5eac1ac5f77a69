namespace MlOps.Fairness.Cards;

/// <summary>What a person wrote under one key of an answer file.</summary>
/// <param name="Lines">The text, or the entries of a list; empty where <paramref name="Fields"/> holds the answer.</param>
/// <param name="Fields">The parts of an answer that has some, such as status and evidence of a check-list's item; empty otherwise.</param>
/// <param name="Line">The line of the file, from 1; 0 if it does not come from a file.</param>
public sealed record CardAnswer(IReadOnlyList<string> Lines, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields, long Line = 0)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> s_noFields = [];

    /// <summary>Makes an answer of text, a paragraph an entry.</summary>
    public static CardAnswer Of(params IReadOnlyList<string> lines) => new(lines, s_noFields);
}
