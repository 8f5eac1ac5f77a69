using MlOps.Grading.Calling;
using MlOps.Grading.Results;
using MlOps.Grading.Tests.Sandboxing;

namespace MlOps.Grading.Tests.Calling;

public sealed class StudentCodeTests
{
    [Fact]
    public void Call_Throws_NamesTypeLineAndMessage()
    {
        StudentCodeException e = Fails("""
            public static class Work
            {
                public static int Run(int x)
                {
                    return Deeper(x);
                }

                static int Deeper(int x)
                {
                    return 10 / x;
                }
            }
            """);

        Assert.Equal((StudentProblem.Threw, 10), (e.Problem, e.Line));
        Assert.Equal("Run threw DivideByZeroException in line 10: Attempted to divide by zero.", e.Message);
        Assert.True(e.Threw<DivideByZeroException>() && e.Threw<ArithmeticException>() && !e.Threw<ArgumentException>());
    }

    [Theory]
    [InlineData("throw new MyException();", "Run threw MyException in line 1: (its Message property throws InvalidOperationException)")]
    [InlineData("Task.Run(() => throw new FormatException(\"inner\")).Wait(); return 0;", "Run threw FormatException in line 1: inner")]
    [InlineData("return Broken.Value;", "Run threw FormatException in line 1: from the initialiser")]
    [InlineData("int[] a = []; Array.Sort(a, (_, _) => 0); return a[5];", "Run threw IndexOutOfRangeException in line 1: Index was outside the bounds of the array.")]
    [InlineData("return new List<int>()[0];", "Run threw ArgumentOutOfRangeException in line 1: Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')")]
    public void Call_ThrowsInOddWays_SaysWhatMatters(string body, string message) => Assert.Equal(message, Fails(
        "public static class Work { public static int Run(int x) { " + body + " } } class MyException : Exception { public override string Message => throw new InvalidOperationException(); } static class Broken { public static int Value = Make(); static int Make() => throw new FormatException(\"from the initialiser\"); }").Message);

    [Fact]
    public void Call_CatchableOutOfMemory_HasItsOwnWords()
    {
        StudentCodeException e = Fails("public static class Work { public static int Run(int x) => new double[1 << 28].Length; }");

        Assert.Equal((StudentProblem.OutOfMemory, "Run ran out of memory in line 1."), (e.Problem, e.Message));
    }

    [Fact]
    public void Return_AFunction_WrongSignature() => Assert.Equal(
        "Run: expected `public static int Run(int x)`, found `public static Func<int> Run(int x)`.",
        Fails("public static class Work { public static Func<int> Run(int x) => () => 1; }").Message);

    [Fact]
    public void Return_ObjectThatRefersToItself_NotData()
    {
        StudentCodeException e = Assert.Throws<StudentCodeException>(() => With(
            "public class Node { public Node? Next { get; set; } } public static class Tree { public static Node Make() { var n = new Node(); n.Next = n; return n; } }",
            code => code.Static<ITree>().Make()));

        Assert.Equal((StudentProblem.NotData, "Make returned a value that is nested more than 48 levels deep, or that refers to itself."), (e.Problem, e.Message));
    }

    [Theory]
    [InlineData("public static IEnumerable<int> Row(int n) { while (true) yield return 1; }", StudentProblem.TooMuchData, "Row returned more data than a test can take. Does a sequence go on without end?")]
    [InlineData("public static IEnumerable<int> Row(int n) => new int[20_000_000];", StudentProblem.TooMuchData, "Row returned more data than a test can take. Does a sequence go on without end?")]
    [InlineData("public static IEnumerable<int> Row(int n) { yield return 1; throw new FormatException(\"late\"); }", StudentProblem.Threw, "Row threw FormatException in line 1: late")]
    public void Return_SequenceWithoutEndOrWithAFault_OwnWords(string member, StudentProblem problem, string message) => With("public static class Rows { " + member + " public static int[] Next() => [1]; }", code =>
    {
        StudentCodeException e = Assert.Throws<StudentCodeException>(() => code.Static<IRows>().Row(1));

        Assert.Equal((problem, message), (e.Problem, e.Message));
        Assert.Equal([1], code.Static<IRows>().Next()); // the process goes on
        return 0;
    });

    [Fact]
    public void Return_NullForARow_IsNull() => With("public static class Rows { public static int[]? Row(int n) => null; }", code =>
    {
        Assert.Null(code.Static<IRows>().Row(1));
        return 0;
    });

    [Fact]
    public void Return_EnumNameThatTheContractLacks_NotData() => With("public enum Level { Low, Odd } public static class Levels { public static Level Of(int x) => x == 0 ? Level.Low : Level.Odd; }", code =>
    {
        Assert.Equal(Level.Low, code.Static<ILevels>().Of(0));
        Assert.Equal(StudentProblem.NotData, Assert.Throws<StudentCodeException>(() => code.Static<ILevels>().Of(1)).Problem);
        return 0;
    });

    [Fact]
    public void Return_TypeWithMisbehavingMembers_IsNeverAsked() => With("""
        public class Node
        {
            public Node? Next => null;
            public override string ToString() => throw new Exception();
            public override bool Equals(object? other) => throw new Exception();
            public override int GetHashCode() => throw new Exception();
            public static bool operator ==(Node? a, Node? b) => true;
            public static bool operator !=(Node? a, Node? b) => throw new Exception();
        }

        public static class Tree { public static Node Make() => new(); }
        """, code =>
    {
        Assert.Null(code.Static<ITree>().Make().Next);
        return 0;
    });

    [Fact]
    public void Arguments_AreCopies_UnlessTheMethodReturnsNothingOrTakesASpan() => With("""
        public static class Change
        {
            public static void Fill(double[] row) => Array.Fill(row, 7);
            public static double First(double[] row) { row[0] = 9; return row[0]; }
            public static int Sort(Span<int> row) { row.Sort(); return row.Length; }
            public static void Reverse(IList<string> row) { for (int i = 0; i < row.Count / 2; i++) (row[i], row[row.Count - 1 - i]) = (row[row.Count - 1 - i], row[i]); }
            public static void Add(int[,] grid) => grid[1, 0] += 10;
            public static int Half(Memory<int> row) { row.Span[0] /= 2; return 0; }
            public static int Same(ReadOnlySpan<int> row) => row.Length;
        }
        """, code =>
    {
        IChange change = code.Static<IChange>();
        double[] row = [1, 2];
        Assert.Equal(9, change.First(row));
        Assert.Equal([1, 2], row);
        change.Fill(row);
        Assert.Equal([7, 7], row);
        int[] numbers = [3, 1, 2];
        Assert.Equal(3, change.Sort(numbers));
        Assert.Equal([1, 2, 3], numbers);
        string[] words = ["a", "b", "c"];
        change.Reverse(words);
        Assert.Equal(["c", "b", "a"], words);
        int[,] grid = { { 1, 2 }, { 3, 4 } };
        change.Add(grid);
        Assert.Equal(13, grid[1, 0]);
        int[] even = [8, 2];
        change.Half(even);
        Assert.Equal([4, 2], even);
        Assert.Equal(0, change.Same(null!)); // a span of nothing is empty
        return 0;
    });

    [Fact]
    public void Objects_ReturnedAndPassed_StayInTheProcess() => With("""
        public sealed class Scaler(double mean) { public double Apply(double x) => x - mean; }
        public static class Fitting
        {
            public static Scaler Fit(double[] x) => new(x.Average());
            public static Scaler? None() => null;
            public static double Use(Scaler scaler, double x) => scaler.Apply(x);
        }
        """, code =>
    {
        IFitting fitting = code.Static<IFitting>();
        IScaler scaler = fitting.Fit([1, 3]);

        Assert.Equal(3, scaler.Apply(5));
        Assert.Equal(-2, fitting.Use(scaler, 0));
        Assert.Null(fitting.None());
        With("public static class Fitting { }", other =>
        {
            Assert.ThrowsAny<Exception>(() => other.Static<IFitting>().Use(scaler, 0));
            return 0;
        });
        return 0;
    });

    [Fact]
    public void TakeCalls_LastThree_AsAPersonReadsThem() => With("""
        public static class Calls { public static double Psi(double[] p, double[] q) => p[0]; public static void Stop(string s) { } public static int Fail(int? n) => throw new FormatException("no"); }
        """, code =>
    {
        ICalls work = code.Static<ICalls>();
        work.Psi([1], [2]);
        work.Psi([0.15, 0.3], [.. Enumerable.Range(0, 100).Select(i => (double)i)]);
        work.Stop("a \"b\"");
        Assert.Throws<StudentCodeException>(() => work.Fail(null));

        Assert.Equal(
            [
                new CallRecord("Psi([0.15, 0.3], [0, 1, 2, 3, 4, 5, 6, 7, …])", "0.15"),
                new CallRecord("Stop(\"a \\\"b\\\"\")", "(nothing)"),
                new CallRecord("Fail(null)", "Fail threw FormatException in line 1: no"),
            ],
            code.TakeCalls());
        Assert.Empty(code.TakeCalls());
        return 0;
    });

    [Fact]
    public void TakePrinted_AfterEachCall_HasAllOfIt() => With("public static class Rows { public static int[] Row(int n) { for (int i = 0; i < 1000; i++) Console.WriteLine(n); Console.Error.Write(\"ü\"); return [n]; } }", code =>
    {
        for (int n = 1; n <= 3; n++)
        {
            code.Static<IRows>().Row(n);
            Assert.Equal(string.Concat(Enumerable.Repeat(FormattableString.Invariant($"{n}{(OperatingSystem.IsWindows() ? "\r" : "")}\n"), 1000)) + "ü", code.TakePrinted());
        }

        return 0;
    });

    [Fact]
    public void Start_LimitNotPositive_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>("callLimit", () => StudentCode.Start(Sandboxes.Best, SourceCompiler.Compile("class A { }"), TimeSpan.Zero));

    private static StudentCodeException Fails(string source) => With(source, code => Assert.Throws<StudentCodeException>(() => code.Static<IWork>().Run(0)));

    private static T With<T>(string source, Func<StudentCode, T> use)
    {
        using StudentCode code = StudentCode.Start(Sandboxes.Best, SourceCompiler.Compile(source), TimeSpan.FromMinutes(1));
        return use(code);
    }

    private enum Level
    {
        Low,
        High,
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private interface IWork
    {
        int Run(int x);
    }

    private interface ITree
    {
        Node Make();
    }

    private interface IRows
    {
        int[]? Row(int n);

        int[] Next();
    }

    private interface ILevels
    {
        Level Of(int x);
    }

    private interface IChange
    {
        void Fill(double[] row);

        double First(double[] row);

        int Sort(int[] row);

        void Reverse(string[] row);

        void Add(int[,] grid);

        int Half(int[] row);

        int Same(int[] row);
    }

    private interface IScaler
    {
        double Apply(double x);
    }

    private interface IFitting
    {
        IScaler Fit(double[] x);

        IScaler? None();

        double Use(IScaler scaler, double x);
    }

    private interface ICalls
    {
        double Psi(double[] p, double[] q);

        void Stop(string s);

        int Fail(int? n);
    }
}
