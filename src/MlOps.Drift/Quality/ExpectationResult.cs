using MlOps.Drift.Reporting;

namespace MlOps.Drift.Quality;

/// <summary>What came of one expectation.</summary>
/// <param name="Expectation">The rule.</param>
/// <param name="Outcome">Passed, failed or not evaluated.</param>
/// <param name="Observed">What was seen, in a few words.</param>
/// <param name="Message">The finding in one or two sentences. Values of columns with personal data are never quoted.</param>
/// <param name="Evaluated">Rows or values that were judged; 0 where nothing was.</param>
/// <param name="FailingRows">Rows that do not meet the rule, those that <see cref="RowExpectation.Mostly"/> tolerates included. 0 for a rule that is not about rows.</param>
/// <param name="FirstFailingRows">The numbers of the first of them, counted from 0, at most 10.</param>
public sealed record ExpectationResult(
    Expectation Expectation, ExpectationOutcome Outcome, string Observed, string Message, long Evaluated, long FailingRows, IReadOnlyList<long> FirstFailingRows)
{
    /// <summary>Gets the column; null when the rule is about the table or several columns.</summary>
    public string? Column => Expectation.Column;

    /// <summary>Gets how bad a failure is.</summary>
    public QualitySeverity Severity => Expectation.Severity;

    /// <summary>Gets what was expected, in words.</summary>
    public string Expected => Expectation.Expected;

    /// <summary>Gets a value indicating whether nothing speaks against the rule: it is met, or there was nothing to evaluate (see <see cref="Outcome"/>).</summary>
    public bool Passed => Outcome != ExpectationOutcome.Failed;

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the outcome, the rule and the message.</summary>
    public override string ToString() => $"{Outcome}: {Expectation}. {Message}";
}
