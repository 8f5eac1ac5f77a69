using System.Globalization;
using System.Net;
using MlOps.Data;

namespace MlOps.Fairness.Privacy;

/// <summary>How well rows hide among each other: k-anonymity and l-diversity.</summary>
/// <remarks>
/// A table is k-anonymous if every combination of the quasi-identifiers that occurs, occurs in at least k rows. It is distinct-l-diverse if each such group has at least l
/// sensitive values, entropy-l-diverse if the entropy of its sensitive values is at least ln l. A missing value counts as a value like any other, of identifiers and sensitive columns.
/// <para>Anonymity of this kind is a floor, no proof: who knows more than the quasi-identifiers sees more.</para>
/// <para>Source: L. Sweeney, "k-Anonymity", IJUFKS 10 (2002); A. Machanavajjhala et al., "l-Diversity", TKDD 1 (2007).</para>
/// </remarks>
/// <param name="QuasiIdentifiers">The columns by which a row can be recognised.</param>
/// <param name="Sensitive">The column nobody should learn; null if none was named.</param>
/// <param name="RowCount">The rows of the table.</param>
/// <param name="Classes">The groups, smallest first.</param>
public sealed record AnonymityReport(IReadOnlyList<string> QuasiIdentifiers, string? Sensitive, int RowCount, IReadOnlyList<EquivalenceClass> Classes)
{
    /// <summary>Gets k: the rows of the smallest group, ≥ 1.</summary>
    public int K => Classes[0].Rows;

    /// <summary>Gets l by counting: the fewest sensitive values in a group, ≥ 1; null without a sensitive column.</summary>
    public int? DistinctL => Sensitive is null ? null : Classes.Min(group => group.DistinctSensitive!.Value);

    /// <summary>Gets l by entropy, ≥ 1: never above <see cref="DistinctL"/>; null without a sensitive column.</summary>
    public double? EntropyL => Sensitive is null ? null : Classes.Min(group => group.EntropySensitive!.Value);

    /// <summary>Gets the rows that are alone in their group: whoever knows the quasi-identifiers knows the person.</summary>
    public int UniqueRows => Classes.Count(group => group.Rows == 1);

    /// <summary>Measures a table.</summary>
    /// <param name="table">At least one row.</param>
    /// <param name="quasiIdentifiers">Columns of any type, at least one.</param>
    /// <param name="sensitive">A column of any type; null to measure k only.</param>
    /// <exception cref="ArgumentException">There is no row or no quasi-identifier, or the sensitive column is among them.</exception>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public static AnonymityReport Of(Table table, IReadOnlyList<string> quasiIdentifiers, string? sensitive = null)
    {
        Check(table, quasiIdentifiers, sensitive);
        (int[] codes, List<int> first) = Classify(table, quasiIdentifiers);
        int[][] members = Members(codes, first.Count);
        int[]? secrets = sensitive is null ? null : Classify(table, [sensitive]).Codes;
        IEnumerable<EquivalenceClass> classes = first.Select((row, group) =>
        {
            (int Distinct, double Entropy)? diversity = secrets is null ? null : Diversity(members[group], secrets);
            return new EquivalenceClass([.. quasiIdentifiers.Select(name => Text(table[name], row))], members[group].Length, diversity?.Distinct, diversity?.Entropy);
        });
        return new AnonymityReport([.. quasiIdentifiers], sensitive, table.RowCount, [.. classes.OrderBy(group => group.Rows)]);
    }

    /// <summary>Leaves out the rows whose group is smaller than k, so that the rest is k-anonymous.</summary>
    /// <param name="table">The table.</param>
    /// <param name="k">At least 2.</param>
    /// <param name="quasiIdentifiers">Columns of any type, at least one.</param>
    /// <exception cref="ArgumentException">There is no row or no quasi-identifier.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k is below 2.</exception>
    public static Table Suppress(Table table, int k, params IReadOnlyList<string> quasiIdentifiers)
    {
        Check(table, quasiIdentifiers, null);
        Guard.AtLeast(k, 2);
        (int[] codes, List<int> first) = Classify(table, quasiIdentifiers);
        int[][] members = Members(codes, first.Count);
        int[] kept = [.. Enumerable.Range(0, codes.Length).Where(row => members[codes[row]].Length >= k)];
        return new Table([.. table.Columns.Select(column => column.Take(kept))]);
    }

    /// <summary>Returns how a notebook shows the report.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = $"<pre>{WebUtility.HtmlEncode(ToString())}</pre>",
        ["text/plain"] = ToString(),
    };

    /// <summary>Writes k, l and the smallest groups.</summary>
    public override string ToString()
    {
        const int Shown = 5;
        string diversity = Sensitive is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {DistinctL}-diverse in '{Sensitive}' (by entropy {EntropyL:0.00})");
        IEnumerable<string> smallest = Classes.Take(Shown).Select(group => string.Create(CultureInfo.InvariantCulture, $"  {group.Rows,7:N0} rows  {string.Join(", ", QuasiIdentifiers.Zip(group.Values, (name, value) => $"{name} = {value ?? "(missing)"}"))}"));
        return string.Join('\n', smallest.Prepend(string.Create(CultureInfo.InvariantCulture, $"{K}-anonymous{diversity}: {RowCount:N0} rows in {Classes.Count:N0} groups, {UniqueRows:N0} rows alone. The smallest groups:")));
    }

    private static void Check(Table table, IReadOnlyList<string> quasiIdentifiers, string? sensitive)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(quasiIdentifiers);
        if (table.RowCount == 0 || quasiIdentifiers.Count == 0)
        {
            throw new ArgumentException($"A row and a quasi-identifier are needed; there are {table.RowCount} rows and {quasiIdentifiers.Count} columns.", nameof(quasiIdentifiers));
        }

        if (sensitive is not null && quasiIdentifiers.Contains(sensitive, StringComparer.Ordinal))
        {
            throw new ArgumentException($"'{sensitive}' cannot be both: what recognises a person, and what must stay hidden.", nameof(sensitive));
        }
    }

    /// <summary>A number for every combination of values, and the first row of each.</summary>
    private static (int[] Codes, List<int> First) Classify(Table table, IReadOnlyList<string> names)
    {
        var codes = new int[table.RowCount];
        var first = new List<int>();
        foreach (string name in names)
        {
            Column column = table[name];
            var values = new Dictionary<string, int>(StringComparer.Ordinal);
            var groups = new Dictionary<(int, int), int>();
            first.Clear();
            for (int row = 0; row < codes.Length; row++)
            {
                string key = Text(column, row) is { } text ? "=" + text : ""; // no text looks like a missing value
                if (!values.TryGetValue(key, out int value))
                {
                    values.Add(key, value = values.Count);
                }

                if (!groups.TryGetValue((codes[row], value), out int group))
                {
                    groups.Add((codes[row], value), group = groups.Count);
                    first.Add(row);
                }

                codes[row] = group;
            }
        }

        return (codes, first);
    }

    private static int[][] Members(int[] codes, int groups)
    {
        var members = new List<int>[groups];
        for (int row = 0; row < codes.Length; row++)
        {
            (members[codes[row]] ??= []).Add(row);
        }

        return [.. members.Select(rows => rows.ToArray())];
    }

    private static (int Distinct, double Entropy) Diversity(int[] rows, int[] secrets)
    {
        int[] counts = [.. rows.GroupBy(row => secrets[row]).Select(same => same.Count())];
        double entropy = -counts.Sum(count => (double)count / rows.Length * Math.Log((double)count / rows.Length));
        return (counts.Length, Math.Exp(entropy));
    }

    private static string? Text(Column column, int row) => column.IsMissing(row) ? null : Convert.ToString(column.GetValue(row), CultureInfo.InvariantCulture);
}
