using System.CommandLine;
using MlOps.Drift;

namespace MlOps.Cli.Verbs;

/// <summary>The options that say where the result of <c>mlops drift</c> goes, and when it fails a CI job.</summary>
internal sealed class DriftOutput
{
    internal DriftOutput() => FailOn.AcceptOnlyFromAmong("moderate", "significant");

    internal Option<bool> Json { get; } = SharedOptions.Json();

    internal Option<string?> Page { get; } = SharedOptions.Html();

    internal Option<string?> FailOn { get; } = new("--fail-on") { Description = "Exit with 1 if something drifts at this level or above; rows together and texts drift moderately." };

    internal IReadOnlyList<Option> Options => [Json, Page, FailOn];

    /// <summary>What a command line wants; that the page can be written is seen to before the work.</summary>
    internal Wanted Read(ParseResult parsed, IEnumerable<string> inputs) => new(
        parsed.GetValue(Json),
        parsed.GetValue(Page) is { } page ? OutputPath.Checked(page, inputs) : null,
        parsed.GetValue(FailOn) is { } gate ? Enum.Parse<DriftLevel>(gate, ignoreCase: true) : null);

    /// <summary>What a command line wants.</summary>
    internal sealed record Wanted(bool Json, string? Page, DriftLevel? Gate)
    {
        /// <summary>Writes the page, and says on standard error what was left out where standard output has nothing but JSON.</summary>
        internal void Report(DriftReport report, IReadOnlyList<string> names)
        {
            if (Json)
            {
                WarnOfMissing(report, names);
            }

            if (Page is not null)
            {
                report.WriteHtml(Page);
            }
        }

        /// <summary>Writes the result and returns the exit code.</summary>
        internal int Finish(Func<string> text, Func<string> json, DriftLevel level)
        {
            Console.Out.WriteLine(Json ? json() : text());
            if (level >= Gate) // false without a gate
            {
                Console.Error.WriteLine($"gate failed: the drift is {level.ToString().ToLowerInvariant()}, and --fail-on is {Gate.ToString()!.ToLowerInvariant()}");
                return Program.GateFailed;
            }

            return Program.Ok;
        }

        private static void WarnOfMissing(DriftReport report, IReadOnlyList<string> names)
        {
            (string Name, long Rows, Func<RowCounts, long> Of)[] sides = [(names[0], report.Rows.Reference, counts => counts.Reference), (names[1], report.Rows.Current, counts => counts.Current)];
            foreach ((string name, long rows, Func<RowCounts, long> of) in sides)
            {
                foreach (ColumnDrift column in report.Columns.Where(column => of(column.Missing) > 0))
                {
                    Console.Error.WriteLine(FormattableString.Invariant(
                        $"{name}: column '{column.Name}' has {of(column.Missing):N0} of {rows:N0} values missing (empty or NaN); they are left out of the tests."));
                }
            }
        }
    }
}
