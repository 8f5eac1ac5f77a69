using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MlOps.Grading.Exercises;
using MlOps.Grading.Running;

namespace MlOps.Grading.Tests.Running;

/// <summary>A small course in a temporary folder, with an exercise of every kind and its tests, compiled as an instructor's are.</summary>
public sealed class FixtureCourse : IDisposable
{
    internal const string RightMean = """
        namespace Week90;
        public static class Mean
        {
            public static double Of(ReadOnlySpan<double> values)
            {
                // BEGIN YOUR CODE
                double sum = 0;
                foreach (double value in values) { sum += value; }
                return sum / values.Length;
                // END YOUR CODE
            }
        }
        """;

    internal const string RightCounter = """
        public class Counter
        {
            private int _n;
            public int Next() => ++_n;
        }
        """;

    private const string Sheet = """
        week: 90
        title: Every kind
        exercises:
          - { id: "90.1", file: 90.1-choice.cs, title: A choice, kind: choice, points: 1, bloom: remember, objective: o, section: s, statement: Choose., options: { A: one, B: two }, hints: [a, b, c] }
          - { id: "90.2", file: 90.2-number.cs, title: A number, kind: numeric, points: 1, bloom: apply, objective: o, section: s, statement: Compute., hints: [a, b, c] }
          - { id: "90.3", file: 90.3-mean.cs, title: A mean, kind: code, points: 3, bloom: apply, objective: o, section: s, statement: Return the mean., hints: [a, b, c], seconds: 2 }
          - { id: "90.4", file: 90.4-counter.cs, title: A counter, kind: code, points: 2, bloom: create, objective: o, section: s, statement: Count., hints: [a, b, c], seconds: 2 }
          - { id: "90.5", file: 90.5-Dockerfile, title: An image, kind: artefact, points: 2, bloom: create, objective: o, section: s, statement: Write it., hints: [a, b, c] }
          - { id: "90.6", file: 90.6-essay.md, title: An essay, kind: essay, points: 4, bloom: evaluate, objective: o, section: s, statement: Judge., hints: [a, b, c], rubric: [{ criterion: argues, points: 3 }, { criterion: sources, points: 1 }] }
        """;

    private const string Answers = """
        answers:
          "90.1": { Answer: { value: B, why: { A: "One is not even." } } }
          "90.2": { Value: { value: 0.5, tolerance: 0.01, why: { "2": "You divided the wrong way round." } } }
        """;

    private const string Tests = """
        using MlOps.Grading.Testing;
        using Xunit;

        public interface IMean { double Of(double[] values); }
        public interface ICounter { int Next(); }

        [Exercise("90.1")] public sealed class ChoiceTests : AnswerTests { [Fact, Points(1)] public void Answer_IsRight() => AnswerIsRight("Answer"); }
        [Exercise("90.2")] public sealed class NumberTests : AnswerTests { [Fact, Points(1)] public void Value_IsRight() => AnswerIsRight("Value"); }

        [Exercise("90.3")] public sealed class MeanTests : CodeTests<IMean>
        {
            [Fact, Points(1)] public void Mean_OfThree_IsTheMiddle() => Assert.Equal(2.0, Student.Of([1, 2, 3]), 1e-12);
            [Theory, Points(1), InlineData(1.0, 1.0), InlineData(4.0, 0.0)] public void Mean_OfTwo_IsHalfTheSum(double a, double b) => Assert.Equal((a + b) / 2, Student.Of([a, b]), 1e-12);
        }

        [Exercise("90.3")] public sealed class MeanHeldBackTests : CodeTests<IMean>
        {
            [Fact, Points(1), HeldBack("no values at all")] public void Mean_OfNothing_IsNaN() => Assert.Equal(double.NaN, Student.Of([]));
        }

        [Exercise("90.4")] public sealed class CounterTests : CodeTests<ICounter>
        {
            [Fact, Points(1)] public void Next_CountsUp() { ICounter counter = New(); Assert.Equal(1, counter.Next()); Assert.Equal(2, counter.Next()); }
            [Fact, Points(1)] public void Next_CountersAreIndependent() { New().Next(); Assert.Equal(1, New().Next()); }
        }

        [Exercise("90.5")] public sealed class ImageTests : ArtefactTests
        {
            [Fact, Points(1)] public void Image_HasABase() => Assert.StartsWith("FROM ", Text);
            [Fact, Points(1)] public void Image_RunsAsNobody() => Assert.Contains("\nUSER ", Text);
        }

        [Exercise("90.6")] public sealed class EssayTests : ArtefactTests { [Fact, Points(0)] public void Essay_HasAHeading() => Assert.Contains("# ", Text); }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-test-");

    public FixtureCourse()
    {
        string week = Directory.CreateDirectory(Path.Combine(_folder.FullName, "exercises", "week90")).FullName;
        File.WriteAllText(Path.Combine(week, "week.yaml"), Sheet);
        File.WriteAllText(Path.Combine(week, "answers.yaml"), Answers);
        foreach ((string file, string text) in Starters)
        {
            File.WriteAllText(Path.Combine(week, file), text);
        }

        Course = ExerciseCourse.Open(Path.Combine(_folder.FullName, "exercises"), CompileTests());
    }

    internal static IReadOnlyDictionary<string, string> Starters { get; } = new Dictionary<string, string>
    {
        ["90.1-choice.cs"] = "public static class Choice { public static string Answer => \"?\"; }",
        ["90.2-number.cs"] = "public static class Number { public static double Value => double.NaN; }",
        ["90.3-mean.cs"] = "public static class Mean\n{\n    public static double Of(double[] values)\n    {\n        // BEGIN YOUR CODE\n        throw new NotImplementedException();\n        // END YOUR CODE\n    }\n}\n",
        ["90.4-counter.cs"] = "public class Counter { public int Next() => throw new NotImplementedException(); }",
        ["90.5-Dockerfile"] = "# write your Dockerfile here\n",
        ["90.6-essay.md"] = "(your essay)\n",
    };

    internal static IReadOnlyDictionary<string, string> Solutions { get; } = new Dictionary<string, string>
    {
        ["90.1-choice.cs"] = "public static class Choice { public static string Answer => \" b\"; }",
        ["90.2-number.cs"] = "public static class Number { public static double Value => 1.0 / 2; }",
        ["90.3-mean.cs"] = RightMean,
        ["90.4-counter.cs"] = RightCounter,
        ["90.5-Dockerfile"] = "FROM scratch\r\nUSER 1000\r\n",
        ["90.6-essay.md"] = "# Mine\n",
    };

    internal ExerciseCourse Course { get; }

    internal string Folder => _folder.FullName;

    internal Exercise Exercise(string id) => Course.Catalog.Find(id).Single();

    public void Dispose() => _folder.Delete(recursive: true);

    private Assembly CompileTests()
    {
        string path = Path.Combine(_folder.FullName, $"Tests-{_folder.Name}.dll");
        string[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(file => file.EndsWith(".dll", StringComparison.Ordinal))];
        var emitted = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText(Tests)],
            references.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path);
        return emitted.Success ? Assembly.LoadFrom(path) : throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics));
    }
}
