using MlOps.Grading.Calling;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Tests.Calling;

/// <summary>Names and values as people read them; every expectation is written by hand.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData(typeof(double[]), "double[]")]
    [InlineData(typeof(double[][]), "double[][]")]
    [InlineData(typeof(int[,]), "int[,]")]
    [InlineData(typeof(int?), "int?")]
    [InlineData(typeof((int, string)), "(int, string)")]
    [InlineData(typeof((int, int, int, int, int, int, int, int, double)), "(int, int, int, int, int, int, int, int, double)")]
    [InlineData(typeof((int, int, int, int, int, int, int, string)), "(int, int, int, int, int, int, int, string)")]
    [InlineData(typeof(Dictionary<string, List<(int, bool)>>), "Dictionary<string, List<(int, bool)>>")]
    [InlineData(typeof(ReadOnlySpan<float>), "ReadOnlySpan<float>")]
    [InlineData(typeof(Task<ulong>), "Task<ulong>")]
    [InlineData(typeof(DayOfWeek), "DayOfWeek")]
    [InlineData(typeof(void), "void")]
    public void CSharpName_AnyType_SpelledAndTakenApartAgain(Type type, string expected)
    {
        Assert.Equal(expected, CSharpName.Of(type));
        Assert.NotNull(TypeSpelling.Parse(expected));
    }

    [Fact]
    public void TypeSpelling_Nested_TakenApart()
    {
        TypeSpelling type = TypeSpelling.Parse("Dictionary<string, (int, double[])?>");

        Assert.Equal(("Dictionary", "string", "?"), (type.Name, type.Arguments[0].Name, type.Arguments[1].Name));
        Assert.Equal(["int", "[]"], type.Arguments[1].Arguments[0].Arguments.Select(argument => argument.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a<")]
    [InlineData("a<b")]
    [InlineData("(a,")]
    [InlineData("a b")]
    [InlineData("a>")]
    public void TypeSpelling_NoType_Throws(string text) => Assert.Throws<FormatException>(() => TypeSpelling.Parse(text));

    [Fact]
    public void TypeSpelling_NestedWithoutEnd_Throws() => Assert.Throws<FormatException>(() => TypeSpelling.Parse(new string('(', 100_000)));

    [Theory]
    [InlineData("Psi", "PSI")]
    [InlineData("ComputePsi", "ComputPsi")]
    [InlineData("Psi", null)]
    public void NearestName_FewLettersApart_Found(string wanted, string? expected) =>
        Assert.Equal(expected, NearestName.Find(wanted, expected is null ? ["Mean", "Run"] : ["Mean", expected]));

    [Fact]
    public void ValueText_EveryKind_Readable()
    {
        Assert.Equal("[0.15, NaN, ∞, -∞, -0]", ValueText.Of(new[] { 0.15, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0 }));
        Assert.Equal("(1, \"a\", 'b', true, null)", ValueText.Of((1, "a", 'b', true, (string?)null)));
        Assert.Equal("{\"k\": [1, 2]}", ValueText.Of(new Dictionary<string, int[]> { ["k"] = [1, 2] }));
        Assert.Equal("DayOfWeek.Monday", ValueText.Of(DayOfWeek.Monday));
        Assert.Equal("2026-03-01", ValueText.Of(new DateTime(2026, 3, 1)));
        Assert.Equal("[[1], [2]]", ValueText.Of(new[] { new[] { 1 }, new[] { 2 } }));
        Assert.EndsWith("…\"", ValueText.Of(new string('x', 1000)), StringComparison.Ordinal);
        Assert.Equal("null", ValueText.Of(null));
    }
}
