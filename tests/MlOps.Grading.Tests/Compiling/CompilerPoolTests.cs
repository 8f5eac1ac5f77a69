using MlOps.Grading.Compiler;
using MlOps.Grading.Compiling;

namespace MlOps.Grading.Tests.Compiling;

/// <summary>Texts that hurt a compiler. Whatever becomes of them, the next file compiles.</summary>
public sealed class CompilerPoolTests
{
    private static readonly CompilerPool s_pool = new();

    public static TheoryData<string, string> Texts()
    {
        const int Many = 50_000;
        string Times(string text, int count = Many) => string.Concat(Enumerable.Repeat(text, count));
        return new TheoryData<string, string>
        {
            { "brackets", $"class A {{ int B() => {Times("(")}1{Times(")")}; }}" },
            { "type arguments", $"class A {{ {Times("A<")}int{Times(">")} x; }}" },
            { "interpolations", $"class A {{ string B() => {Times("$\"{", 20_000)}1{Times("}\"", 20_000)}; }}" },
            { "blocks", $"class A {{ void B() {Times("{")}{Times("}")} }}" },
            { "classes", $"{Times("class A {", 20_000)}{Times("}", 20_000)}" },
            { "negations", $"class A {{ bool B() => {Times("!")}true; }}" },
            { "conditions", $"class A {{ int B(bool x) => {Times("x ? 1 : ")}0; }}" },
            { "else if", $"class A {{ void B(int x) {{ {Times("if (x == 1) {{ }} else ".Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal), 20_000)}{{ }} }} }}" },
            { "lambdas", $"class A {{ object B = {Times("(Func<object>)(() => ", 5_000)}1{Times(")", 5_000)}; }}" },
            { "sums", $"class A {{ int B(int x) => {string.Join('+', Enumerable.Repeat("x", 10_000))}; }}" },
            { "calls", $"class A {{ A B() => this{Times(".B()", 5_000)}; }}" },
            { "arrays", $"class A {{ int{Times("[]", 5_000)} x; }}" },
            { "overloads", $"class A {{ void F(Func<int,int> f) {{ }} void F(Func<string,int> f) {{ }} void B() {{ {Times("F(x => { ", 12)}{Times("return 1; });", 12)} }} }}" },
            { "bytes", new string('\u0001', Many) },
        };
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Compile_HurtfulText_IsCompiledOrRefusedAndTheNextFileCompiles(string what, string text)
    {
        CompiledExercise hurt = s_pool.Compile("1.1-a.cs", text, []);
        CompiledExercise next = s_pool.Compile("1.2-b.cs", "class B;", []);

        Assert.True(hurt.Image is not null || hurt.Problems.Count > 0, what);
        Assert.All(hurt.Problems, problem => Assert.NotEmpty(problem));
        Assert.NotNull(next.Image);
    }

    [Fact]
    public void Compile_BracketsWithoutEnd_SaysThatTheNestingIsTooDeep() =>
        Assert.Equal("1.1-a.cs: the code is nested too deeply for the compiler.", Assert.Single(s_pool.Compile("1.1-a.cs", (string)Texts().First()[1], []).Problems));

    [Fact]
    public void Compile_FromManyThreads_GivesEachItsOwn() =>
        Parallel.For(0, 8, i => Assert.Contains($"x{i}", Assert.Single(s_pool.Compile($"1.{i}-a.cs", $"class A {{ int B() => x{i}; }}", []).Problems), StringComparison.Ordinal));
}
