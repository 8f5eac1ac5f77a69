namespace MlOps.Drift.Quality;

/// <summary>What a test has found.</summary>
internal readonly record struct TestVerdict(ExpectationOutcome Outcome, string Observed, string Message)
{
    /// <summary>One sentence for both: what was seen is the message.</summary>
    internal static TestVerdict Of(bool passed, string observed, string message) =>
        new(passed ? ExpectationOutcome.Passed : ExpectationOutcome.Failed, observed, message);

    internal static TestVerdict Nothing(string why) => new(ExpectationOutcome.NotEvaluated, "nothing to evaluate", why);
}

/// <summary>One expectation at work: sees the parts in order, then gives its verdict. Not thread-safe.</summary>
internal abstract class ExpectationTest
{
    /// <summary>Gets the rows or values that were judged so far.</summary>
    internal long Evaluated { get; private protected set; }

    /// <summary>Looks at the next part and marks the rows that fail.</summary>
    internal abstract void Add(PartView part, RowMask failing);

    /// <param name="failing">Rows marked in all parts.</param>
    internal abstract TestVerdict Finish(long failing);
}

/// <summary>A verdict that was clear before any row was seen.</summary>
internal sealed class SettledTest(TestVerdict verdict) : ExpectationTest
{
    internal override void Add(PartView part, RowMask failing)
    {
    }

    internal override TestVerdict Finish(long failing) => verdict;
}

/// <summary>Marks the failing rows of a part and returns how many were judged.</summary>
internal delegate long RowScan(PartView part, RowMask failing);

/// <summary>The test of a condition that every row meets or fails.</summary>
internal sealed class RowTest(RowExpectation expectation, RowScan scan) : ExpectationTest
{
    internal override void Add(PartView part, RowMask failing) => Evaluated += scan(part, failing);

    internal override TestVerdict Finish(long failing)
    {
        if (Evaluated == 0)
        {
            return TestVerdict.Nothing($"There is nothing to evaluate: no {expectation.Noun} to judge.");
        }

        // The quotient of two counts is the double next to the share, as is the literal 0.95 beside it: 19 of 20 are enough.
        double met = (double)(Evaluated - failing) / Evaluated;
        string noun = Evaluated == 1 ? expectation.Noun : expectation.Noun + "s";
        string observed = failing == 0 ? $"all {Wording.Count(Evaluated)}" : $"{Wording.Count(failing)} of {Wording.Count(Evaluated)} fail ({Wording.Percent(1 - met)})";
        string message = failing == 0
            ? $"{Wording.Count(Evaluated)} {noun} judged, none {expectation.Problem}."
            : $"{Wording.Count(failing)} of {Wording.Count(Evaluated)} {noun} {expectation.Problem}{(expectation.Mostly < 1 ? $"; {Wording.Percent(1 - expectation.Mostly)} are tolerated" : "")}.";
        return TestVerdict.Of(met >= expectation.Mostly, observed, message);
    }
}

/// <summary>What a check knows beside the data.</summary>
/// <param name="Now">The moment of the check.</param>
/// <param name="Others">Tables that others are compared with, by name.</param>
internal sealed record CheckContext(DateTimeOffset Now, IReadOnlyDictionary<string, Data.Table> Others);
