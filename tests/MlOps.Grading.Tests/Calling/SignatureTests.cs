using MlOps.Grading.Calling;
using MlOps.Grading.Tests.Sandboxing;

namespace MlOps.Grading.Tests.Calling;

/// <summary>What a student reads whose code does not have the wanted form. The wanted sentences are written by hand.</summary>
public sealed class SignatureTests
{
    [Theory]
    [InlineData("public static double Psi(double[] t, double[] p) => 1;")]
    [InlineData("public static double Psi(ReadOnlySpan<double> t, Span<double> p) => 1;")]
    [InlineData("public static double Psi(IReadOnlyList<double> t, IEnumerable<double> p) => 1;")]
    [InlineData("public static double Psi(List<double> t, ReadOnlyMemory<double> p) => 1;")]
    [InlineData("public static int Psi(double[] t, double[] p) => 1;")]
    [InlineData("public static float Psi(double[] t, double[] p) => 1;")]
    [InlineData("public static double Psi(in double[] t, params double[] p) => 1;")]
    [InlineData("public static double Psi(double[] t, double[] p, double pseudo = 0.5) => 2 * pseudo;")]
    [InlineData("public static double Psi(int[] t, int[] p) => 9; public static double Psi(double[] t, double[] p) => 1;")]
    public void Static_WhatCSharpWouldConvert_Answers(string member) => Assert.Equal(1, Call("public static class Drift { " + member + " }"));

    [Theory]
    [InlineData(
        "public static class Drift { public static float Psi(float[] p) => 1; }",
        StudentProblem.WrongSignature,
        "Psi: expected `public static double Psi(double[] training, double[] production)`, found `public static float Psi(float[] p)`.")]
    [InlineData(
        "public static class Drift { public static double Psi(int[] t, int[] p) => 1; }",
        StudentProblem.WrongSignature,
        "Psi: expected `public static double Psi(double[] training, double[] production)`, found `public static double Psi(int[] t, int[] p)`.")]
    [InlineData(
        "public static class Drift { public static decimal Psi(double[] t, double[] p) => 1; }",
        StudentProblem.WrongSignature,
        "Psi: expected `public static double Psi(double[] training, double[] production)`, found `public static decimal Psi(double[] t, double[] p)`.")]
    [InlineData(
        "public static class Drift { static double Psi(double[] t, double[] p) => 1; }",
        StudentProblem.WrongSignature,
        "Psi is private, not public: expected `public static double Psi(double[] training, double[] production)`, found `private static double Psi(double[] t, double[] p)`.")]
    [InlineData(
        "public class Drift { public double Psi(double[] t, double[] p) => 1; }",
        StudentProblem.WrongSignature,
        "Psi is not static: expected `public static double Psi(double[] training, double[] production)`, found `public double Psi(double[] t, double[] p)`.")]
    [InlineData(
        "public static class Drift { public static T Psi<T>(T[] t, T[] p) => t[0]; }",
        StudentProblem.WrongSignature,
        "Psi is generic (it has type parameters): expected `public static double Psi(double[] training, double[] production)`, found `public static T Psi<T>(T[] t, T[] p)`.")]
    [InlineData(
        "public static class Drift { public static async Task<double> Psi(double[] t, double[] p) { await Task.Yield(); return 1; } }",
        StudentProblem.WrongSignature,
        "Psi is asynchronous: expected `public static double Psi(double[] training, double[] production)`, found `public static Task<double> Psi(double[] t, double[] p)`.")]
    [InlineData(
        "public static class Drift { public static double Psi => 1; }",
        StudentProblem.WrongSignature,
        "Psi is a property, not a method: expected `public static double Psi(double[] training, double[] production)`, found `public static double Psi { get; }`.")]
    [InlineData(
        "public static class Drift { public static double Psi(double[] t, ref double[] p) => 1; }",
        StudentProblem.WrongSignature,
        "Psi: expected `public static double Psi(double[] training, double[] production)`, found `public static double Psi(double[] t, ref double[] p)`.")]
    [InlineData(
        "public static class Drift { public static double PSI(double[] t, double[] p) => 1; }",
        StudentProblem.MissingMember,
        "Drift has no method Psi: expected `public static double Psi(double[] training, double[] production)`. Did you mean PSI? Names must match letter by letter.")]
    [InlineData("public static class Drift { }", StudentProblem.MissingMember, "Drift has no method Psi: expected `public static double Psi(double[] training, double[] production)`.")]
    [InlineData("public static class Drifts { }", StudentProblem.MissingMember, "There is no public type Drift. Did you mean Drifts?")]
    [InlineData("public static class Other { }", StudentProblem.MissingMember, "There is no public type Drift. There is Other.")]
    [InlineData("static class Drift { }", StudentProblem.MissingMember, "The static class Drift is not public: write `public static class Drift`.")]
    [InlineData("namespace A { public class Drift { } } namespace B { public class Drift { } }", StudentProblem.MissingMember, "There are several public types named Drift; keep one.")]
    public void Static_WrongForm_SaysWhatIsNeededAndFound(string source, StudentProblem problem, string message)
    {
        StudentCodeException e = Assert.Throws<StudentCodeException>(() => Call(source));

        Assert.Equal((problem, message), (e.Problem, e.Message));
    }

    [Fact]
    public void New_AnyNamespaceAndNestedContract_KeepsItsState()
    {
        using StudentCode code = Start("""
            namespace Some.Where;

            public sealed class PageHinkley(double delta, double threshold = 50)
            {
                private double _sum;
                public int Count { get; private set; }
                public double Delta => delta;
                public double Threshold { get; set; } = threshold;
                public bool Update(double value) { Count++; _sum += value; return _sum > Threshold; }
            }
            """);
        IPageHinkley first = code.New<IPageHinkley>(0.5, 3.0);
        IPageHinkley second = code.New<IPageHinkley>(1); // an int where a double is wanted, and the default for the rest

        Assert.False(first.Update(2));
        Assert.True(first.Update(2));
        Assert.Equal((2, 0), (first.Count, second.Count));
        Assert.Equal((3, 50), (first.Threshold, second.Threshold));
        second.Threshold = 1;
        Assert.True(second.Update(2));
        Assert.Equal("PageHinkley#1", first.ToString());
    }

    [Theory]
    [InlineData("public class PageHinkley { }", "the constructor of PageHinkley: expected `public PageHinkley(double)`, found `public PageHinkley()`.")]
    [InlineData("public class PageHinkley { PageHinkley(double d) { } }", "the constructor of PageHinkley is private, not public: expected `public PageHinkley(double)`, found `private PageHinkley(double d)`.")]
    [InlineData("public static class PageHinkley { }", "PageHinkley has no constructor: expected `public PageHinkley(double)`.")]
    [InlineData("public abstract class PageHinkley { public PageHinkley(double d) { } }", "PageHinkley is an abstract class: no object can be made of it. Declare it as `public class PageHinkley`.")]
    public void New_NoFittingConstructor_SaysSo(string source, string message)
    {
        using StudentCode code = Start(source);

        Assert.Equal(message, Assert.Throws<StudentCodeException>(() => code.New<IPageHinkley>(0.5)).Message);
    }

    [Theory]
    [InlineData("public class PageHinkley { public int Count() => 1; }", "Count is a method, not a property: expected `public int Count { get; }`, found `public int Count()`.")]
    [InlineData("public class PageHinkley { public int Count { private get; set; } }", "Count cannot be read from outside: expected `public int Count { get; }`, found `public int Count { set; }`.")]
    [InlineData("public class PageHinkley { public static int Count => 1; }", "Count is static, but should belong to an object: expected `public int Count { get; }`, found `public static int Count { get; }`.")]
    [InlineData("public class PageHinkley { public long Count => 1; }", "Count: expected `public int Count { get; }`, found `public long Count { get; }`.")]
    [InlineData("public class PageHinkley { private int Count = 1; }", "Count is private, not public: expected `public int Count { get; }`, found `private int Count`.")]
    public void Property_WrongForm_SaysSo(string source, string message)
    {
        using StudentCode code = Start(source);
        IPageHinkley made = code.New<IPageHinkley>();

        Assert.Equal(message, Assert.Throws<StudentCodeException>(() => made.Count).Message);
    }

    [Fact]
    public void Property_AFieldInstead_IsFine()
    {
        using StudentCode code = Start("public class PageHinkley { public int Count = 5; public double Threshold; }");
        IPageHinkley made = code.New<IPageHinkley>();
        made.Threshold = 2.5;

        Assert.Equal((5, 2.5), (made.Count, made.Threshold));
    }

    [Theory]
    [InlineData("public static string Choice => \"b\";", typeof(string), "b")]
    [InlineData("public const int Choice = 3;", typeof(double), 3.0)]
    [InlineData("public static double Choice { get; } = 0.0451;", typeof(double), 0.0451)]
    [InlineData("public static char Choice = 'c';", typeof(char), 'c')]
    public void Get_PropertyOrField_Value(string member, Type type, object expected)
    {
        using StudentCode code = Start("public static class Answers { " + member + " }");

        Assert.Equal(expected, code.Get("Answers", "Choice", type));
    }

    [Fact]
    public void Get_WrongType_SaysBoth()
    {
        using StudentCode code = Start("public static class Answers { public static string Choice => \"b\"; }");

        Assert.Equal("Choice: expected `public static double Choice { get; }`, found `public static string Choice { get; }`.", Assert.Throws<StudentCodeException>(() => code.Get("Answers", "Choice", typeof(double))).Message);
    }

    [Fact]
    public void Contract_WithRefOrTypeParameters_IsTheAuthorsError()
    {
        using StudentCode code = Start("public static class Bad { }");

        Assert.Throws<NotSupportedException>(() => code.Static<IBad>().ByRef(out _));
        Assert.Throws<NotSupportedException>(() => code.Static<IBad>().Generic(1));
    }

    private static double Call(string source)
    {
        using StudentCode code = Start(source);
        return code.Static<IDrift>().Psi([0.5, 0.5], [0.25, 0.75]);
    }

    private static StudentCode Start(string source) => StudentCode.Start(Sandboxes.Best, SourceCompiler.Compile(source), TimeSpan.FromMinutes(1));

    private interface IDrift
    {
        double Psi(double[] training, double[] production);
    }

    private interface IPageHinkley
    {
        int Count { get; }

        double Threshold { get; set; }

        bool Update(double value);
    }

    private interface IBad
    {
        void ByRef(out int value);

        void Generic<T>(T value);
    }
}
