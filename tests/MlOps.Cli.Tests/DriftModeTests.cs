using System.CommandLine;
using MlOps.Cli.Verbs;

namespace MlOps.Cli.Tests;

/// <summary>What of <c>mlops drift</c> goes together. Nothing is read before that is known, so the files need not be there.</summary>
public sealed class DriftModeTests
{
    [Theory]
    [InlineData("a.csv", "There is nothing to compare it with")]
    [InlineData("a.csv b.csv --by-time day --reference expanding", "--by-time looks at one file: leave 'b.csv' out.")]
    [InlineData("a.csv b.csv --calibrate 0.01 --rows 9", "--calibrate looks at one file: leave 'b.csv' out.")]
    [InlineData("a.csv b.csv --sketch --multivariate", "--multivariate does not go with --sketch, which keeps counts and quantiles and no rows: it is for two CSV files.")]
    [InlineData("a.csv b.csv --sketch --texts note", "--texts does not go with --sketch")]
    [InlineData("a.csv b.csv --sketch --infinities count", "--infinities does not go with --sketch, which keeps counts and quantiles and no rows: leave one of the two out.")]
    [InlineData("a.csv b.csv --sketch --tests ks,welch", "--tests welch needs every value, and --sketch has counts and quantiles only.")]
    [InlineData("a.csv b.csv --exact-bins", "--exact-bins does not go with two CSV files, which are compared in memory: it is for --sketch.")]
    [InlineData("a.csv b.csv --cells 64", "--cells does not go with two CSV files, which are compared in memory: it is for a database.")]
    [InlineData("a.csv b.csv --rows 64", "it is for --calibrate")]
    [InlineData("a.csv b.csv --window week", "it is for --by-time")]
    [InlineData("a.csv b.csv --psi-limits 0.3,0.1", "--psi-limits is one number above 0, or two")]
    [InlineData("a.csv b.csv --psi-limits much", "got much")]
    [InlineData("a.csv --calibrate 0.01 --by-time day", "--by-time does not go with --calibrate")]
    [InlineData("a.csv --calibrate 0.01 --rows 9 --fail-on moderate", "--fail-on does not go with --calibrate")]
    [InlineData("a.csv --calibrate 0.01", "--calibrate needs --rows N")]
    [InlineData("a.csv --calibrate 0.01 --rows 0", "--rows is at least 1; got 0.")]
    [InlineData("a.csv --calibrate 1 --rows 9", "--calibrate is a share of false alarms from 0.0001 to 1, such as 0.01; got 1.")]
    [InlineData("a.csv --by-time day", "--by-time needs a --reference: first:9 (windows), rolling:90d, expanding or season:COLUMN; got none.")]
    [InlineData("a.csv --by-time day --reference rolling:90", "got 'rolling:90'")]
    [InlineData("a.csv --by-time day --reference first:0", "got 'first:0'")]
    [InlineData("a.csv --by-time day --reference expanding --window 2y", "--window is month, week or a number of days such as 10d; got '2y'.")]
    [InlineData("sqlite:a.db?table=t b.csv", "'b.csv' is a file")]
    [InlineData("sqlite:a.db?table=t sqlite:a.db?table=u --multivariate", "--multivariate does not go with a database")]
    [InlineData("sqlite:a.db?table=t sqlite:a.db?table=u --cells 3", "--cells is a number of 16 or more, such as 4096; got 3.")]
    [InlineData("sqlite:a.db?table=t sqlite:a.db?table=u --timeout -1", "--timeout is a number of seconds")]
    public async Task Drift_OptionsThatMakeNoSense_AreRefusedWithASentence(string arguments, string told)
    {
        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => Invoke(arguments.Split(' ')));
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Docs_TheGuide_NamesEveryOption()
    {
        string guide = File.ReadAllText(Path.Combine(MlopsCommand.RepositoryRoot, "docs", "drift.md"));
        Assert.All(DriftVerb.Create().Options, option => Assert.Contains($"`{option.Name}", guide, StringComparison.Ordinal));
    }

    /// <summary>Runs the verb in this process; what the command would tell on standard error comes as an exception.</summary>
    internal static Task<int> Invoke(params string[] arguments) =>
        DriftVerb.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
