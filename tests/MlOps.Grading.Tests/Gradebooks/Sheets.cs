using MlOps.Grading.Exercises;
using MlOps.Grading.Gradebooks;
using MlOps.Grading.Results;

namespace MlOps.Grading.Tests.Gradebooks;

/// <summary>An output folder that is gone afterwards, and short ways to write results.</summary>
internal sealed class Sheets : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mlops-sheets-");

    internal string Folder => _root.FullName;

    internal static Exercise Essay { get; } = new()
    {
        Id = "12.7", Week = 12, File = "12.7-essay.cs", Title = "t", Kind = ExerciseKind.Essay, Points = 5, Bloom = BloomLevel.Evaluate, Objective = "o", Section = "s", Statement = "s",
        Hints = ["1", "2", "3"], Rubric = [new RubricRow("Names a cause, and says why", 3), new RubricRow("Weighs two answers", 2)],
    };

    internal static Exercise Code { get; } = Essay with { Id = "12.3", File = "12.3-psi.cs", Kind = ExerciseKind.Code, Points = 4, Rubric = [] };

    internal string At(string name) => Path.Combine(Folder, name);

    internal string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    internal string Read(string name) => File.ReadAllText(At(name));

    /// <summary>An exercise whose tests brought these points of these.</summary>
    internal static ExerciseResult Scored(string id, double earned, double max) => new(id, max, ExerciseStatus.Graded,
        [new TestOutcome("A_B", "A B", earned, TestVerdict.Passed), new TestOutcome("C_D", "C D", max - earned, TestVerdict.Failed) { Message = "expected 1, got 2" }]);

    internal static ExerciseResult Without(string id, double max, ExerciseStatus status) => new(id, max, status, []);

    internal static SubmissionResult Week(string student, int week, params ExerciseResult[] exercises) => new(student, week, exercises);

    internal static SubmissionResult Week12(string student) => Week(student, 12, Scored("12.3", 4, 4), Without("12.7", 5, ExerciseStatus.AwaitsMarks));

    internal ManualMarks Marks(params SubmissionResult[] results) => ManualMarks.Update(At("manual.csv"), results, [Code, Essay]);

    internal string Refused(params SubmissionResult[] results) => Assert.Throws<InvalidDataException>(() => Marks(results)).Message.Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    internal GradingPolicy Policy(string yaml) => GradingPolicy.Load(Write("policy.yaml", yaml));

    /// <summary>Times as <c>submitted.csv</c> gives them.</summary>
    internal SubmissionTimes Times(params string[] rows)
    {
        Write("submitted.csv", "student,week,submitted\n" + string.Concat(rows.Select(row => row + "\n")));
        return SubmissionTimes.Read(Folder, []);
    }

    public void Dispose()
    {
        _root.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
