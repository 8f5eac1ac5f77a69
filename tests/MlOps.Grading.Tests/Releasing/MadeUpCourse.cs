using System.Diagnostics;

namespace MlOps.Grading.Tests.Releasing;

/// <summary>A small course with a secret of every sort, in a temporary folder that is deleted afterwards.</summary>
internal sealed class MadeUpCourse : IDisposable
{
    internal const string Starter = """
        // Exercise 98.2: the mean of what is there.
        public static class Exercise98_2
        {
            public static double MeanOfPresent(double[] values)
            {
                // BEGIN YOUR CODE
                throw new NotImplementedException();
                // END YOUR CODE
            }
        }
        """;

    internal static readonly string Solution = Starter.Replace("        throw new NotImplementedException();", """
                double totalOfPresent = 0;
                int countOfPresent = 0;
                foreach (double value in values.Where(double.IsFinite))
                {
                    totalOfPresent += value;
                    countOfPresent++;
                }

                return totalOfPresent / Math.Max(1, countOfPresent);
        """, StringComparison.Ordinal);

    internal static readonly string Mutant = Solution
        .Replace("// Exercise 98.2: the mean of what is there.", "// Counts the missing values too.\n// Exercise 98.2: the mean of what is there.", StringComparison.Ordinal)
        .Replace("Math.Max(1, countOfPresent)", "Math.Max(1, values.Length)", StringComparison.Ordinal);

    internal const string OneLineStarter = """
        public static class Exercise98_3
        {
            public static double OddsOf(double probability)
            {
                // BEGIN YOUR CODE
                throw new NotImplementedException();
                // END YOUR CODE
            }
        }
        """;

    internal static readonly string OneLineSolution = OneLineStarter.Replace("throw new NotImplementedException();", "return probability / (1 - probability);", StringComparison.Ordinal);

    internal const string Why = "That is the share of the reference, not of the current sample.";

    internal const string Answers = $$"""
        answers:
          "98.1":
            Pick: { value: B, why: { A: "{{Why}}", C: "Too low." } }
            Share: { value: 0.0213, tolerance: 0.0005 }
        """;

    internal const string HeldBackTest = """
        [Exercise("98.2")]
        public sealed class MeanHeldBack
        {
            [Fact, HeldBack("nothing present")]
            public void Mean_NothingPresent_IsZero() { }

            [Fact]
            public void Mean_OneValue_IsThatValue() { }

            private static void Helper_NotATest() { }
        }
        """;

    private const string PublicTest = """
        public sealed class MeanTests
        {
            [Fact]
            public void Mean_OneValue_IsThatValue() { }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-release-");

    internal MadeUpCourse(bool git = false)
    {
        Write("README.md", "# A course\n\nStart with [week 98](exercises/week98/README.md).\n");
        Write("mlops", "#!/bin/sh\n");
        Write("src/Library/Odds.cs", "public static class Odds { }\n");
        Write("docs/instructor.md", "# Instructors\n\nSolutions lie in `solutions/`.\n");
        Write("notebooks/week98.ipynb", """{"cells":[{"cell_type":"markdown","source":["# Week 98\n","See exercise 98.1.\n"]}]}""");
        Write("eng/student/STUDENT.md", "# For students\n");
        Write("eng/student/.github/workflows/autograde.yml", "name: autograde\n");
        Write(".github/ISSUE_TEMPLATE/problem.yml", "name: Problem\n");
        Write(".github/workflows/course.yml", "name: course\n");
        Write(".github/workflows/model.yml", "name: model\n");
        Write("exercises/week98/README.md", "# Week 98\n\nExercises 98.1 to 98.3.\n");
        Write("exercises/week98/98.1-share.cs", "public static class Exercise98_1\n{\n    public static string Pick => \"?\";\n\n    public static double Share => double.NaN;\n}\n");
        Write("exercises/week98/98.2-mean.cs", Starter);
        Write("exercises/week98/98.3-odds.cs", OneLineStarter);
        Write("exercises/week98/solutions/98.2-mean.cs", Solution);
        Write("exercises/week98/solutions/98.3-odds.cs", OneLineSolution);
        Write("exercises/week98/mutants/98.2-counts-missing.cs", Mutant);
        Write("exercises/week98/answers.yaml", Answers);
        Write("tests/MlOps.Exercises.Tests/Week98/MeanTests.cs", PublicTest);
        Write("tests/MlOps.Exercises.Tests/Week98/HeldBack/MeanHeldBack.cs", HeldBackTest);
        Write("tests/MlOps.Exercises.Tests/Instructor/SolutionTests.cs", "public sealed class SolutionTests { }\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At("mlops"), (UnixFileMode)0b111_101_101);
        }

        if (git)
        {
            Write(".gitignore", "artifacts/\n*.secret\n");
            Git("init", "--quiet");
            Git("add", "--all");
        }
    }

    internal string Root => Path.Combine(_folder.FullName, "course");

    /// <summary>Where the edition goes, beside the course.</summary>
    internal string Edition => Path.Combine(_folder.FullName, "edition");

    internal string At(string path) => Path.Combine(Root, path);

    internal string Released(string path) => Path.Combine(Edition, path);

    internal void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Every file of the edition, by its path, in ordinal order.</summary>
    internal string[] ReleasedFiles() =>
        [.. Directory.EnumerateFiles(Edition, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Edition, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    internal void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, .. arguments]))!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
