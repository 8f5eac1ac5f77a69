using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

public class VariablesTests
{
    [Fact]
    public async Task Variables_AfterSeveralCells_AreTheNewestOfEachName()
    {
        using var session = new Session();
        await session.RunAll("int a = 1; var b = new List<int> { 2 };", "a = 5; string a2 = null;", "double b = 2.5; int F() => 1; class C { }");

        Assert.Equal([new CellVariable("a", "int", 5), new CellVariable("a2", "string", null), new CellVariable("b", "double", 2.5)], session.Variables);
    }

    [Fact]
    public async Task Variables_OfAFailedCell_AreThoseItReached()
    {
        using var session = new Session();
        await session.Run("int x = 1, z = 7;");
        await session.Run("var y = 2; throw new Exception(); int x = 3;");

        Assert.Equal([("x", 1), ("y", 2), ("z", 7)], session.Variables.Select(variable => (variable.Name, (int)variable.Value!)));
    }

    [Fact]
    public async Task Variables_HiddenByAMethod_AreGone()
    {
        using var session = new Session();
        await session.RunAll("int f = 1;", "int f() => 2;");

        Assert.Empty(session.Variables);
    }
}
