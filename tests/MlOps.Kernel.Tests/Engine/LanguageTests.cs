using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

public sealed class LanguageTests
{
    [Theory]
    [InlineData(6, "record P(int A, int B) { public int Sum => A + B; }", "new P(2, 4).Sum")]
    [InlineData(21, "static int Triple(this int x) => 3 * x;", "7.Triple()")]
    [InlineData("Int32", "string Name<T>() => typeof(T).Name;", "Name<int>()")]
    [InlineData(3, "class Box<T>(T value) { public T Value => value; }", "new Box<int>(3).Value")]
    [InlineData(120, "int F(int n) { return n < 2 ? 1 : n * G(n - 1); int G(int m) => F(m); }", "F(5)")]
    [InlineData(1, "interface IOne { int One => 1; } class One : IOne { }", "((IOne)new One()).One")]
    [InlineData(2, "enum Color { Red = 1, Blue = 2 }", "(int)Color.Blue")]
    [InlineData(5, "await Task.Delay(1); var x = await Task.FromResult(5); x")]
    [InlineData(3, "async IAsyncEnumerable<int> Numbers() { yield return 1; await Task.Yield(); yield return 2; }", "var sum = 0; await foreach (var n in Numbers()) { sum += n; }", "sum")]
    [InlineData(6, "Span<int> Take(int[] a) => a.AsSpan(1);", "int Sum() { int s = 0; foreach (var v in Take([1, 2, 4])) s += v; return s; }", "Sum()")]
    [InlineData(4, "int[] a = [1, 2, 3, 4]; a[^1]")]
    [InlineData("b", "string? s = null; s ??= \"b\"; s")]
    [InlineData(3, "class Limited { public int V { get; set => field = Math.Min(value, 3); } }", "new Limited { V = 9 }.V")] // C# 14
    [InlineData(10, "(from n in Enumerable.Range(1, 4) select n).Sum()")]
    [InlineData("x", "\"\"\"\nx\n\"\"\"")]
    [InlineData(1, "var json = System.Text.Json.JsonDocument.Parse(\"[1]\"); json.RootElement.GetArrayLength()")]
    [InlineData(0, "new System.Net.Http.HttpClient().DefaultRequestHeaders.Count()")]
    public async Task Run_LanguageFeature_Works(object expected, params string[] cells)
    {
        using var session = new Session();

        RanCell last = await session.RunAll(cells);

        Assert.True(last.Status == CellStatus.Ok, last.Result.Error is null ? "" : last.Traceback);
        Assert.Equal(expected, last.Value);
    }

    [Theory]
    [InlineData("async Task<int> F() { await Task.Delay(20); return 3; }\nF().Result")]
    [InlineData("async Task<int> F() { await Task.Yield(); return 3; }\nawait Task.Delay(1); F().GetAwaiter().GetResult()")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, 8).Select(async i => { await Task.Yield(); return i; })).ContinueWith(t => t.Result.Length - 5)")]
    public async Task Run_BlockingOnATask_DoesNotDeadlock(string code)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code, TimeSpan.FromSeconds(30));

        Assert.Equal(3, cell.Value);
    }

    [Fact]
    public async Task Run_LoadDirective_RunsTheFileFirst()
    {
        string folder = Directory.CreateTempSubdirectory("engine").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "shared.csx"), "int Shared(int x) => x + 1;\nvar loaded = 4;");
        using var session = new Session(new EngineOptions { WorkingDirectory = folder });

        RanCell last = await session.RunAll("#load \"shared.csx\"\nvar here = Shared(loaded);", "here + loaded");

        Assert.Equal(9, last.Value);
        Assert.Equal("CS1504", (await session.Run("#load \"nowhere.csx\"")).Error.Name);
        Directory.Delete(folder, recursive: true);
    }
}
