namespace MlOps.Kernel.Engine;

/// <summary>A line <c>#!name arguments</c> that cells may contain, and the C# that runs for it.</summary>
/// <param name="Description">What users are told about it.</param>
/// <param name="ToCode">
/// Makes the C# that runs for the line. It gets the rest of the line, trimmed, and the lines below as the user wrote them, up to the next
/// directive (empty for a directive that is no language). <see cref="CellDirectives.Literal"/> quotes either. A
/// <see cref="Languages.DirectiveException"/> says what is wrong with the arguments.
/// </param>
public sealed record CellDirective(DirectiveDescription Description, Func<string, string, string> ToCode)
{
    /// <summary>Gets another name of it; null if it has only one.</summary>
    internal string? Alias { get; init; }

    /// <summary>Gets the C# expression for a value that this language calls by a name; null if the notebook cannot read its values.</summary>
    internal Func<string, string>? Read { get; init; }

    /// <summary>Gets the C# that gives this language a value, from the name and a C# expression; null if it has no use for values.</summary>
    internal Func<string, string, string>? Write { get; init; }

    /// <summary>Gets the option that a suffix of the name stands for: with <c>--connection</c>, <c>#!sql-x</c> means <c>#!sql --connection x</c>.</summary>
    internal string? SuffixOption { get; init; }

    /// <summary>Gets what stands in place of this part, instead of code; null for all directives that make code.</summary>
    internal Func<Languages.CellPart, NotebookEngine, IReadOnlyList<Languages.CellPart>>? Expand { get; init; }
}
