using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>One rule that data shall meet, as data: it can be compared, written as YAML and edited by hand.</summary>
/// <remarks>Immutable. The kinds are the sealed records of this namespace; <see cref="Expectations"/> holds a list of them and checks a table.
/// A missing value fails only <see cref="NotNull"/>: every other rule is about the values that are there.</remarks>
public abstract record Expectation
{
    private protected Expectation(string? column)
    {
        if (column is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(column);
        }

        Column = column;
    }

    /// <summary>Gets the column the rule is about; null when it is about the table or several columns.</summary>
    public string? Column { get; }

    /// <summary>Gets the name of the rule's kind in YAML and JSON, such as <c>range</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Gets what is expected, in words.</summary>
    public abstract string Expected { get; }

    /// <summary>Gets how bad it is when the rule is not met. Default: an error.</summary>
    public QualitySeverity Severity { get; init; } = QualitySeverity.Error;

    /// <summary>Gets why the rule is there, in words; null when nobody said.</summary>
    public string? Because { get; init; }

    /// <summary>Gets every column that must be there for the rule to be judged.</summary>
    internal virtual IReadOnlyList<string> Columns => Column is null ? [] : [Column];

    /// <summary>Gets what the rule can judge, for the message about a column of another type.</summary>
    internal virtual string Needs => "values";

    /// <summary>Returns whether a column's type is one that the rule can judge.</summary>
    internal virtual bool Fits(Column column) => true;

    /// <summary>Writes what is special to the kind.</summary>
    internal abstract void Write(FieldWriter fields);

    /// <summary>Begins a check of one table.</summary>
    internal abstract ExpectationTest Begin(CheckContext context);

    /// <summary>Returns the kind, the column and what is expected.</summary>
    public sealed override string ToString() => Columns.Count == 0 ? $"{Kind}: {Expected}" : $"{Kind} of {string.Join(", ", Columns)}: {Expected}";

    /// <summary>Whether the column holds numbers.</summary>
    private protected static bool IsNumeric(Column column) => column is Column<double> or Column<long>;
}
