using System.CommandLine;
using System.Globalization;
using MlOps.Drift;

namespace MlOps.Cli.Verbs;

/// <summary>The options of a command line that become <see cref="DriftOptions"/>: the same for every source of data.</summary>
internal sealed class DriftSettings
{
    private static readonly (string Name, Correction Correction)[] s_corrections =
        [("bh", Correction.BenjaminiHochberg), ("bonferroni", Correction.Bonferroni), ("holm", Correction.Holm), ("none", Correction.None)];

    /// <summary>Tests of numbers that need every value, where sketches and databases give quantiles and counts.</summary>
    private static readonly string[] s_testsOfRows = ["energy", "anderson-darling", "cramer-von-mises", "mann-whitney", "welch"];

    private readonly Option<string[]> _tests = new("--tests")
    {
        HelpName = "test…",
        Description = $"Tests to run, separated by blanks or commas: {string.Join(", ", DriftTestNames.All)}; or default, all. psi is always among them.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<double?> _alpha = new("--alpha") { Description = "Level of the tests with a p-value, before the correction; 0.05 without it." };
    private readonly Option<string?> _correction = new("--correction") { Description = "Correction for testing many columns; bh (Benjamini–Hochberg) without it." };
    private readonly Option<string[]> _limits = new("--psi-limits") { HelpName = "moderate,significant", Description = "PSI from which on a shift is moderate and significant; 0.1,0.25 without it. --calibrate finds the first.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _typeChanges = new("--type-changes") { Description = "Refuse a column that has changed its type, or call it drift; reject without it." };

    internal DriftSettings()
    {
        _correction.AcceptOnlyFromAmong([.. s_corrections.Select(pair => pair.Name)]);
        Infinities.AcceptOnlyFromAmong("count", "reject");
        _typeChanges.AcceptOnlyFromAmong("drift", "reject");
    }

    internal Option<string[]> Columns { get; } = new("--columns") { HelpName = "column…", Description = "Columns to compare, separated by blanks or commas; all without it.", AllowMultipleArgumentsPerToken = true };

    internal Option<string?> Infinities { get; } = new("--infinities") { Description = "Refuse infinite values, or count them and leave them out; reject without it." };

    /// <summary>Those that every comparison has.</summary>
    internal IReadOnlyList<Option> OfComparison => [Columns, _tests, _alpha, _correction, _limits];

    internal IReadOnlyList<Option> Options => [.. OfComparison, Infinities, _typeChanges];

    internal DriftOptions Read(ParseResult parsed)
    {
        var options = new DriftOptions { Columns = ColumnList.Of(parsed.GetValue(Columns)) };
        if (ColumnList.Of(parsed.GetValue(_tests)) is { } names)
        {
            options = options with { Tests = DriftTestNames.Parse(names) | DriftTests.Psi };
        }

        if (parsed.GetValue(_alpha) is { } alpha)
        {
            options = alpha is > 0 and < 1
                ? options with { Alpha = alpha }
                : throw new ArgumentException(FormattableString.Invariant($"--alpha is a level between 0 and 1; got {alpha}."));
        }

        if (ColumnList.Of(parsed.GetValue(_limits)) is { } limits)
        {
            (double moderate, double significant) = Limits(limits, options.PsiSignificant);
            options = options with { PsiModerate = moderate, PsiSignificant = significant };
        }

        return options with
        {
            Correction = parsed.GetValue(_correction) is { } name ? s_corrections.Single(pair => pair.Name == name).Correction : options.Correction,
            Infinities = parsed.GetValue(Infinities) == "count" ? InfinityPolicy.Count : InfinityPolicy.Reject,
            TypeChanges = parsed.GetValue(_typeChanges) == "drift" ? TypeChangePolicy.Drift : TypeChangePolicy.Reject,
        };
    }

    /// <summary>The same where only counts and quantiles are at hand: a test that needs every value is refused when it is asked for by name.</summary>
    internal DriftOptions ReadWithoutRows(ParseResult parsed, string mode) =>
        ColumnList.Of(parsed.GetValue(_tests))?.FirstOrDefault(s_testsOfRows.Contains) is { } test
            ? throw new ArgumentException($"--tests {test} needs every value, and {mode} has counts and quantiles only. There are: {string.Join(", ", DriftTestNames.All.Except(s_testsOfRows))}.")
            : Read(parsed);

    private static (double Moderate, double Significant) Limits(string[] given, double significant)
    {
        double[] limits = [.. given.Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double limit) ? limit : double.NaN)];
        return limits switch
        {
            [> 0 and double.PositiveInfinity or double.NaN] or [] => throw Wrong(),
            [> 0 and var moderate] => (moderate, Math.Max(moderate, significant)),
            [> 0 and var moderate, < double.PositiveInfinity and var second] when second >= moderate => (moderate, second),
            _ => throw Wrong(),
        };

        ArgumentException Wrong() => new($"--psi-limits is one number above 0, or two of which the second is not smaller, such as 0.1,0.25; got {string.Join(",", given)}.");
    }
}
