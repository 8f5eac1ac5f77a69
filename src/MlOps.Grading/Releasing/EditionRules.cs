using MlOps.Grading.Answers;

namespace MlOps.Grading.Releasing;

/// <summary>Which files of the course students do not get.</summary>
internal static class EditionRules
{
    /// <summary>What lies here goes to the root of the edition, and nowhere else.</summary>
    internal const string Extras = "eng/student/";

    /// <summary>The tests of the exercises.</summary>
    internal const string Tests = "tests/MlOps.Exercises.Tests";

    /// <summary>The folder of tests that run on grading only.</summary>
    internal const string HeldBack = "HeldBack";

    private const string Instructor = "Instructor";

    // What looks after the course itself. In students' repositories it would run the whole suite on every push.
    private static readonly string[] s_upkeep = [".github/dependabot.yml", ".github/ISSUE_TEMPLATE/", ".github/pull_request_template.md", ".github/workflows/course.yml"];

    /// <param name="path">A path from the root with forward slashes. Case does not count, since on some disks it does not.</param>
    internal static bool LeavesOut(string path)
    {
        string[] parts = path.Split('/');
        return (parts[0].Equals("exercises", StringComparison.OrdinalIgnoreCase)
                && (HasFolder(parts, "solutions") || HasFolder(parts, "mutants") || parts[^1].Equals(AnswerKey.PlainName, StringComparison.OrdinalIgnoreCase)))
            || (path.StartsWith(Tests + "/", StringComparison.OrdinalIgnoreCase) && (HasFolder(parts, HeldBack) || HasFolder(parts, Instructor)))
            || s_upkeep.Any(own => path.StartsWith(own, StringComparison.OrdinalIgnoreCase));
    }

    internal static bool IsHeldBack(string path) => HasFolder(path.Split('/'), HeldBack);

    private static bool HasFolder(string[] parts, string name) => parts.SkipLast(1).Contains(name, StringComparer.OrdinalIgnoreCase);
}
