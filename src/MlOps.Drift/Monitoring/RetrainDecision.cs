using System.Text;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Monitoring;

/// <summary>What to do, why, and what it is worth.</summary>
/// <param name="Id">The same for the same policy, period and action, so that a pipeline is started once.</param>
/// <param name="Action">What to do.</param>
/// <param name="When">The end of the period it was decided on.</param>
/// <param name="Because">The reasons in words, with their numbers, the deciding one first.</param>
/// <param name="ExpectedCost">What the action costs, in the unit of the costs.</param>
/// <param name="ExpectedSaving">What it saves over the horizon, before its cost; 0 where nothing is known.</param>
public sealed record RetrainDecision(
    string Id, RetrainAction Action, DateTimeOffset When, IReadOnlyList<string> Because, double ExpectedCost, double ExpectedSaving)
{
    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the decision and its reasons.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(FormattableString.Invariant($"{When.UtcDateTime:yyyy-MM-dd HH:mm}Z {Action}"));
        if (ExpectedCost > 0 || ExpectedSaving > 0)
        {
            text.Append(FormattableString.Invariant($" (costs {ExpectedCost:N0}, saves {ExpectedSaving:N0})"));
        }

        foreach (string reason in Because)
        {
            text.Append("\n  because ").Append(reason);
        }

        return text.ToString();
    }
}
