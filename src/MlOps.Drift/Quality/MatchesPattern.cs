using System.Text.RegularExpressions;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Every text matches a regular expression from its first to its last character.</summary>
/// <remarks>
/// .NET syntax, culture-invariant, matched without backtracking: the time is linear in the length of the text, whoever wrote the text.
/// Look-around, back-references and atomic groups are therefore not available. To search inside a text write <c>.*PIN.*</c>.
/// </remarks>
public sealed record MatchesPattern : RowExpectation
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Makes the rule.</summary>
    /// <param name="column">A column of text.</param>
    /// <param name="pattern">The regular expression for the whole text.</param>
    /// <exception cref="ArgumentException">The name is blank, or the pattern is none that can be matched without backtracking.</exception>
    public MatchesPattern(string column, string pattern)
        : base(Names.Column(column))
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Pattern = pattern;
        _ = Whole();
    }

    /// <summary>Gets the regular expression.</summary>
    public string Pattern { get; }

    /// <inheritdoc/>
    public override string Kind => "pattern";

    /// <inheritdoc/>
    public override string Expected => $"text like {Pattern}";

    internal override string Problem => $"not like {Pattern}";

    internal override string Needs => "text";

    internal override bool Fits(Column column) => column is StringColumn;

    internal override void Write(FieldWriter fields) => fields.Text("pattern", Pattern);

    internal override ExpectationTest Begin(CheckContext context)
    {
        Regex whole = Whole();
        return new RowTest(this, (part, failing) => LevelScan.Mark((StringColumn)part[Column!], whole.IsMatch, failing));
    }

    private Regex Whole()
    {
        try
        {
            _ = new Regex(Pattern, Options); // alone first: the message shall speak of what was written
            return new Regex($@"\A(?:{Pattern})\z", Options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ArgumentException($"'{Pattern}' is no regular expression that can be matched: {e.Message}", nameof(Pattern), e);
        }
    }
}
