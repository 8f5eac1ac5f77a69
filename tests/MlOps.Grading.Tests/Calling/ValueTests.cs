using System.Globalization;
using System.Numerics;
using MlOps.Grading.Calling;
using MlOps.Grading.Tests.Sandboxing;

namespace MlOps.Grading.Tests.Calling;

/// <summary>Values that go to student code and back must be the same; the reference is the value itself, bit by bit where that is more than equality.</summary>
public sealed class ValueTests : IDisposable
{
    private readonly StudentCode _code = StudentCode.Start(Sandboxes.Best, SourceCompiler.Compile("""
        public enum Level { Low, High = 7 }
        public record Alarm(int Index, double Statistic, Level Level) { public string? Note { get; init; } public double Twice => 2 * Statistic; }
        public struct Point { public double X; public double Y; }
        public class Node { public string Name { get; set; } = ""; public List<Node> Children { get; set; } = new(); }

        public static class Echo
        {
            public static double Double(double x) => x;
            public static float Float(float x) => x;
            public static Half Half(Half x) => x;
            public static decimal Decimal(decimal x) => x;
            public static long Long(long x) => x;
            public static ulong Unsigned(ulong x) => x;
            public static byte Byte(byte x) => x;
            public static sbyte SByte(sbyte x) => x;
            public static short Short(short x) => x;
            public static Int128 Wide(Int128 x) => x;
            public static System.Numerics.BigInteger Big(System.Numerics.BigInteger x) => x;
            public static char Char(char x) => x;
            public static string? String(string? x) => x;
            public static bool Bool(bool x) => x;
            public static DateTime Time(DateTime x) => x;
            public static DateTimeOffset Offset(DateTimeOffset x) => x;
            public static TimeSpan Span(TimeSpan x) => x;
            public static DateOnly Day(DateOnly x) => x;
            public static TimeOnly Clock(TimeOnly x) => x;
            public static Guid Id(Guid x) => x;
            public static double? Maybe(double? x) => x;
            public static Level Enum(Level x) => x;
            public static double[][] Jagged(double[][] x) => x;
            public static int[,] Grid(int[,] x) => x;
            public static (int, string) Pair((int, string) x) => x;
            public static (int A, int B, int C, int D, int E, int F, int G, int H, double I) Long9((int, int, int, int, int, int, int, int, double) x) => x;
            public static Tuple<int, double> Boxed(Tuple<int, double> x) => x;
            public static Dictionary<string, double[]> Map(Dictionary<string, double[]> x) => x;
            public static IReadOnlyDictionary<int, bool> Keys(IReadOnlyDictionary<int, bool> x) => x;
            public static Alarm Record(Alarm x) => x;
            public static Alarm[] Records(List<Alarm> x) => x.ToArray();
            public static Point Struct(Point x) => x;
            public static Node Tree(Node x) => x;
            public static HashSet<string> Set(HashSet<string> x) => x;
            public static IEnumerable<double> Lazy(IEnumerable<double> x) { foreach (double d in x) yield return d; }
            public static ReadOnlySpan<double> Spans(ReadOnlySpan<double> x) => x.ToArray();
            public static Memory<int> Memory(ReadOnlyMemory<int> x) => x.ToArray();
            public static string[] Strings(IReadOnlyList<string> x) => [.. x];
            public static bool[] Bools(bool[] x) => x;
            public static Level[] Enums(Level[] x) => x;
            public static KeyValuePair<string, int>[] Entries(KeyValuePair<string, int>[] x) => x;
        }
        """), TimeSpan.FromMinutes(1));

    public void Dispose() => _code.Dispose();

    [Fact]
    public void Doubles_EveryKind_SameBits()
    {
        IEcho echo = _code.Static<IEcho>();
        var random = new Random(1);
        double[] values =
        [
            0.0, -0.0, 1, -1, 0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue, Math.PI, 1e22, 5e-324, 9007199254740993,
            .. Enumerable.Range(0, 500).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Where(value => !double.IsNaN(value)),
        ];

        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), echo.Spans(values).Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), echo.Lazy(values).Select(BitConverter.DoubleToInt64Bits));
        foreach (double value in values[..16])
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(echo.Double(value)));
        }
    }

    [Fact]
    public void Numbers_Extremes_Same()
    {
        IEcho echo = _code.Static<IEcho>();
        foreach (float value in (float[])[0f, -0f, 0.1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon])
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(echo.Float(value)));
        }

        Assert.Equal([Half.MaxValue, Half.NaN, (Half)0.1], [echo.Half(Half.MaxValue), echo.Half(Half.NaN), echo.Half((Half)0.1)]);
        Assert.Equal("1.10", echo.Decimal(1.10m).ToString(CultureInfo.InvariantCulture)); // the trailing zero is part of a decimal
        Assert.Equal([decimal.MaxValue, decimal.MinValue], [echo.Decimal(decimal.MaxValue), echo.Decimal(decimal.MinValue)]);
        Assert.Equal([long.MinValue, long.MaxValue], [echo.Long(long.MinValue), echo.Long(long.MaxValue)]);
        Assert.Equal(ulong.MaxValue, echo.Unsigned(ulong.MaxValue));
        Assert.Equal((byte)255, echo.Byte(255));
        Assert.Equal((sbyte)-128, echo.SByte(-128));
        Assert.Equal((short)-32768, echo.Short(-32768));
        Assert.Equal(Int128.MinValue, echo.Wide(Int128.MinValue));
        Assert.Equal(BigInteger.Pow(-7, 99), echo.Big(BigInteger.Pow(-7, 99)));
        Assert.Null(echo.Maybe(null));
        Assert.Equal(2.5, echo.Maybe(2.5));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("quote \" back \\ line \n tab \t nul \0 é 漢 🎓 <b>")]
    [InlineData("half a pair \ud83c")]
    [InlineData("\udf93 the other half first")]
    public void Strings_AnyText_Same(string? text) => Assert.Equal(text, _code.Static<IEcho>().String(text));

    [Fact]
    public void Chars_WithHalfPairs_Same()
    {
        foreach (char letter in (char[])['a', '\0', '"', 'é', '\ud83c', '\uffff'])
        {
            Assert.Equal(letter, _code.Static<IEcho>().Char(letter));
        }
    }

    [Fact]
    public void Times_EveryKind_Same()
    {
        IEcho echo = _code.Static<IEcho>();
        foreach (DateTimeKind kind in Enum.GetValues<DateTimeKind>())
        {
            var time = new DateTime(638000000001234567, kind);
            Assert.Equal((time, kind), (echo.Time(time), echo.Time(time).Kind));
        }

        var offset = new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.FromMinutes(330));
        Assert.True(offset.EqualsExact(echo.Offset(offset)));
        Assert.Equal(TimeSpan.MinValue, echo.Span(TimeSpan.MinValue));
        Assert.Equal(new DateOnly(2024, 2, 29), echo.Day(new DateOnly(2024, 2, 29)));
        Assert.Equal(new TimeOnly(23, 59, 59, 999), echo.Clock(new TimeOnly(23, 59, 59, 999)));
        var id = Guid.NewGuid();
        Assert.Equal(id, echo.Id(id));
    }

    [Fact]
    public void Collections_EveryShape_Same()
    {
        IEcho echo = _code.Static<IEcho>();
        Assert.Equal([[1, 2], [], [3]], echo.Jagged([[1, 2], [], [3]]));
        Assert.Null(echo.Jagged([null!])[0]);
        int[,] grid = { { 1, 2, 3 }, { 4, 5, 6 } };
        Assert.Equal(grid, echo.Grid(grid));
        Assert.Equal((0, 3), (echo.Grid(new int[0, 3]).GetLength(0), echo.Grid(new int[0, 3]).GetLength(1)));
        Assert.Equal((1, "a"), echo.Pair((1, "a")));
        Assert.Equal((1, 2, 3, 4, 5, 6, 7, 8, 9.5), echo.Long9((1, 2, 3, 4, 5, 6, 7, 8, 9.5)));
        Assert.Equal(Tuple.Create(1, -0.5), echo.Boxed(Tuple.Create(1, -0.5)));
        Dictionary<string, double[]> map = echo.Map(new() { ["a"] = [1, double.NaN], [""] = [] });
        Assert.Equal([1, double.NaN], map["a"]);
        Assert.Empty(map[""]);
        Assert.True(echo.Keys(new Dictionary<int, bool> { [-1] = true })[-1]);
        Assert.Equal(["b", "a"], echo.Set(["b", "a"]));
        Assert.Equal([1, 2], echo.Memory([1, 2]));
        Assert.Equal(["x", "y"], echo.Strings(["x", "y"]));
        Assert.Equal([true, false], echo.Bools([true, false]));
        Assert.Equal([new KeyValuePair<string, int>("k", 1)], echo.Entries([new("k", 1)]));
        Assert.Empty(echo.Spans([]));
        Assert.Null(echo.String(null));
    }

    [Fact]
    public void Records_StructsEnumsAndTrees_Same()
    {
        IEcho echo = _code.Static<IEcho>();
        var alarm = new Alarm(3, -0.0, Level.High) { Note = "n" };
        Assert.Equal(alarm, echo.Record(alarm));
        Assert.Equal([alarm, alarm with { Index = 4 }], echo.Records([alarm, alarm with { Index = 4 }]));
        Assert.Equal(new Point { X = 1.5, Y = -2 }, echo.Struct(new Point { X = 1.5, Y = -2 }));
        Assert.Equal([Level.High, Level.Low], echo.Enums([Level.High, Level.Low]));
        Node tree = echo.Tree(new Node { Name = "root", Children = [new Node { Name = "leaf" }] });
        Assert.Equal(("root", "leaf"), (tree.Name, Assert.Single(tree.Children).Name));
    }

    private enum Level
    {
        High = 1, // other numbers than the student's: names count
        Low = 2,
    }

    private sealed record Alarm(int Index, double Statistic, Level Level)
    {
        public string? Note { get; init; }
    }

    private struct Point
    {
        public double X;
        public double Y;
    }

    private sealed class Node
    {
        public string Name { get; set; } = "";

        public List<Node> Children { get; set; } = [];
    }

    private interface IEcho
    {
        double Double(double x);

        float Float(float x);

        Half Half(Half x);

        decimal Decimal(decimal x);

        long Long(long x);

        ulong Unsigned(ulong x);

        byte Byte(byte x);

        sbyte SByte(sbyte x);

        short Short(short x);

        Int128 Wide(Int128 x);

        BigInteger Big(BigInteger x);

        char Char(char x);

        string? String(string? x);

        DateTime Time(DateTime x);

        DateTimeOffset Offset(DateTimeOffset x);

        TimeSpan Span(TimeSpan x);

        DateOnly Day(DateOnly x);

        TimeOnly Clock(TimeOnly x);

        Guid Id(Guid x);

        double? Maybe(double? x);

        double[][] Jagged(double[][] x);

        int[,] Grid(int[,] x);

        (int, string) Pair((int, string) x);

        (int, int, int, int, int, int, int, int, double) Long9((int, int, int, int, int, int, int, int, double) x);

        Tuple<int, double> Boxed(Tuple<int, double> x);

        Dictionary<string, double[]> Map(Dictionary<string, double[]> x);

        IReadOnlyDictionary<int, bool> Keys(IReadOnlyDictionary<int, bool> x);

        Alarm Record(Alarm x);

        Alarm[] Records(Alarm[] x);

        Point Struct(Point x);

        Node Tree(Node x);

        string[] Set(string[] x);

        double[] Lazy(double[] x);

        double[] Spans(double[] x);

        int[] Memory(int[] x);

        string[] Strings(string[] x);

        bool[] Bools(bool[] x);

        Level[] Enums(Level[] x);

        KeyValuePair<string, int>[] Entries(KeyValuePair<string, int>[] x);
    }
}
