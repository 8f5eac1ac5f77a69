using MlOps.Data.Identifiers;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>What a table is expected to look like: a named list of rules that is data itself.</summary>
/// <remarks>
/// Write the rules in C#, in YAML (<see cref="FromYaml"/>), or let <see cref="Infer"/> draft them from a reference and edit the draft. Then <see cref="Check(Table, TimeProvider?, IReadOnlyDictionary{string, Table}?, CancellationToken)"/>
/// tells which of them a table meets and which rows fail. Immutable; two lists are equal when they hold the same rules in the same order.
/// <code>
/// var expectations = new Expectations("loans",
/// [
///     new ColumnType("age", ExpectedType.Long),
///     new ValueRange("age", 18, 75) { Mostly = 0.999, Because = "the lender's policy" },
///     new Unique("application_id"),
/// ]);
/// QualityReport report = expectations.Check(table);
/// </code>
/// </remarks>
public sealed partial record Expectations
{
    /// <summary>Makes a list of rules.</summary>
    /// <param name="name">What the rules are about; not blank.</param>
    /// <param name="rules">The rules, in the order in which reports show them. None is allowed: then there is nothing to check.</param>
    /// <param name="personalColumns">Columns that hold personal data, with their kind: their values are never quoted. Null for none.</param>
    /// <exception cref="ArgumentException">The name is blank, or a rule is there twice.</exception>
    public Expectations(string name, IEnumerable<Expectation> rules, IReadOnlyDictionary<string, PersonalDataKind>? personalColumns = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(rules);
        Expectation[] all = [.. rules];
        var seen = new HashSet<Expectation>();
        foreach (Expectation rule in all)
        {
            ArgumentNullException.ThrowIfNull(rule, nameof(rules));
            if (!seen.Add(rule))
            {
                throw new ArgumentException($"The rule '{rule}' is there twice.", nameof(rules));
            }
        }

        Name = name;
        Rules = all;
        PersonalColumns = new SortedDictionary<string, PersonalDataKind>((personalColumns ?? new Dictionary<string, PersonalDataKind>()).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>Gets what the rules are about.</summary>
    public string Name { get; }

    /// <summary>Gets the rules in order.</summary>
    public IReadOnlyList<Expectation> Rules { get; }

    /// <summary>Gets the columns that hold personal data, in ordinal order of their names.</summary>
    public IReadOnlyDictionary<string, PersonalDataKind> PersonalColumns { get; }

    /// <inheritdoc/>
    public bool Equals(Expectations? other) =>
        other is not null && Name == other.Name && Rules.SequenceEqual(other.Rules) && PersonalColumns.SequenceEqual(other.PersonalColumns);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Name, StringComparer.Ordinal);
        foreach (Expectation rule in Rules)
        {
            hash.Add(rule);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns the rules as YAML.</summary>
    public override string ToString() => ToYaml();
}
