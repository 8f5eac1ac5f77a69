using MlOps.Grading.Compiler;

namespace MlOps.Grading.Tests.Compiling;

public sealed class ExerciseCompilerTests
{
    [Fact]
    public void Compile_CorrectFile_GivesAnAssembly()
    {
        CompiledExercise compiled = Compile("public static class A { public static int Twice(int x) => 2 * x; }");

        Assert.NotNull(compiled.Image);
        Assert.Empty(compiled.Problems);
    }

    [Fact]
    public void Compile_UsualNamespaces_AreOpen() =>
        Assert.Empty(Compile("public static class A { public static int[] B(List<int> x) { Console.WriteLine(Path.PathSeparator); return x.Where(y => y > 0).ToArray(); } }").Problems);

    [Fact]
    public void Compile_Warnings_DoNotCount() =>
        Assert.Empty(Compile("public class A { private int _unused; public static void B() { int x = 1; string? s = null; s.ToString(); } }").Problems);

    [Fact]
    public void Compile_MissingSemicolon_NamesFileLineAndRemedy()
    {
        string problem = Assert.Single(Compile("public static class A\n{\n    public static int B() => 1\n}").Problems);

        Assert.StartsWith("1.1-a.cs, line 3: ; expected.", problem, StringComparison.Ordinal);
        Assert.Contains("Put a ';' at the end of the statement.", problem, StringComparison.Ordinal);
        Assert.EndsWith("(CS1002)", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_LineDirective_CannotMoveAnError() =>
        Assert.StartsWith("1.1-a.cs, line 2:", Compile("#line 77 \"other.cs\"\nclass A { int B() => x; }").Problems[0], StringComparison.Ordinal);

    [Fact]
    public void Compile_ManyErrors_ShowsTheFirstFiveAndCountsTheRest()
    {
        IReadOnlyList<string> problems = Compile("class A { void B() { " + string.Concat(Enumerable.Range(0, 9).Select(i => $"u{i}();")) + " } }").Problems;

        Assert.Equal(6, problems.Count);
        Assert.Equal("4 more errors follow; they often vanish with the first.", problems[5]);
    }

    [Fact]
    public void Compile_TopLevelStatements_SaysWhereCodeGoes() =>
        Assert.Contains("Put the code into the method", Assert.Single(Compile("Console.WriteLine(1);").Problems), StringComparison.Ordinal);

    [Fact]
    public void Compile_UnsafeCode_IsRefused() =>
        Assert.Contains("CS0227", Assert.Single(Compile("class A { unsafe void B() { int x = 0; int* p = &x; } }").Problems), StringComparison.Ordinal);

    [Fact]
    public void Compile_IdentifiersOfManyScripts_Compile() =>
        Assert.Empty(Compile("// 🎉 עברית\npublic static class Größe { public static string 日本() => \"🎉\"; }").Problems);

    [Fact]
    public void Compile_TwiceTheSameText_GivesTheSameBytes() =>
        Assert.Equal(Compile("class A;").Image!, Compile("class A;").Image!);

    [Fact]
    public void Compile_PropertiesAndFields_AreFoundWithTheirType()
    {
        IReadOnlyDictionary<string, string> members = Compile("class A { public int X => 1; class B { public int Y, X; } }").TypeOfMember;

        Assert.Equal(("A", "B"), (members["X"], members["Y"]));
    }

    private static CompiledExercise Compile(string source) => ExerciseCompiler.Compile("1.1-a.cs", source, []);
}
