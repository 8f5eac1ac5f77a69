using MlOps.Grading.Gradebooks;
using MlOps.Grading.Results;
using MlOps.Grading.Running;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Running;

/// <summary>One job: the exercises of a submission share a process at the first try. Several: each has its own. The grades must not differ.</summary>
public sealed class ClassGradingTests(FixtureCourse fixture) : IClassFixture<FixtureCourse>, IDisposable
{
    private const string Mean = "public static class Mean { public static double Of(double[] v) { LINE double s = 0; foreach (double x in v) { s += x; } return s / v.Length; } }";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, double> Means() => new()
    {
        { "", 3 }, // the points of 90.3; 90.4 must bring its 2 whatever stands here
        { "return 7;", 0 },
        { "if (v.Length == 0) { Environment.Exit(0); }", 2 },
        { "new Thread(() => { Thread.Sleep(150); Environment.FailFast(null); }).Start();", 3 },
        { "Console.SetOut(TextWriter.Null); System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new(\"\") { NumberFormat = { NumberDecimalSeparator = \",\" } };", 3 },
        { "AppDomain.CurrentDomain.FirstChanceException += (_, _) => Environment.Exit(0);", 3 },
    };

    [Theory]
    [MemberData(nameof(Means))]
    public async Task GradeAsync_WhatOneExerciseLeavesBehind_CostsTheNextNothing(string line, double points)
    {
        string mean = Mean.Replace("LINE", line, StringComparison.Ordinal);
        // Slow enough for what was left behind to strike.
        string counter = FixtureCourse.RightCounter.Replace("=> ++_n;", "{ Thread.Sleep(100); return ++_n; }", StringComparison.Ordinal);

        double[] shared = await PointsAsync(jobs: 1, ("90.3-mean.cs", mean), ("90.4-counter.cs", counter));
        double[] alone = await PointsAsync(jobs: 4, ("90.3-mean.cs", mean), ("90.4-counter.cs", counter));

        Assert.Equal([0, 0, points, 2, 0, 0], shared);
        Assert.Equal(shared, alone);
    }

    [Fact]
    public async Task GradeAsync_FileThatCannotBeLoaded_LeavesTheNextItsPoints()
    {
        string broken = FixtureCourse.RightMean + "\nstatic class Load { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Now() => throw new Exception(\"no\"); }";

        Assert.Equal(new double[] { 0, 1, 0, 2, 0, 0 }, await PointsAsync(jobs: 1, ("90.2-number.cs", FixtureCourse.Solutions["90.2-number.cs"]), ("90.3-mean.cs", broken), ("90.4-counter.cs", FixtureCourse.RightCounter)));
    }

    [Fact]
    public async Task GradeAsync_EveryKind_EarnsWhatItIsWorth() =>
        Assert.Equal(new double[] { 1, 1, 3, 2, 2, 0 }, await PointsAsync(jobs: 1, [.. FixtureCourse.Solutions.Select(entry => (entry.Key, entry.Value))]));

    [Fact]
    public async Task GradeAsync_Cancelled_StoresNothingHalf()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ClassGrading.GradeAsync(
            fixture.Course, [Handed(("90.4-counter.cs", FixtureCourse.RightCounter))], new ResultStore(_folder.FullName), new GradeOptions(), progress: null, cancelled.Token));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    private async Task<double[]> PointsAsync(int jobs, params (string File, string Source)[] files)
    {
        var store = new ResultStore(Path.Combine(_folder.FullName, FormattableString.Invariant($"jobs-{jobs}")));
        IReadOnlyList<SubmissionResult> results = await ClassGrading.GradeAsync(fixture.Course, [Handed(files)], store, new GradeOptions { Jobs = jobs });
        return [.. Assert.Single(results).Exercises.Select(exercise => exercise.Points)];
    }

    private static Submission Handed(params (string File, string Source)[] files) =>
        new("student", "student", [.. files.Select(file => new SubmittedFile("week90/" + file.File, System.Text.Encoding.UTF8.GetBytes(file.Source), null, default))], []);
}
