using FsCheck;
using FsCheck.Fluent;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization.Tests.Benchmarking;

public sealed class ParetoFrontTests
{
    [Fact]
    public void Of_FiveModels_KeepsThoseThatNothingBeats()
    {
        (string Name, double Accuracy, double Time)[] models = [("a", 0.9, 10), ("b", 0.9, 12), ("c", 0.8, 5), ("d", 0.7, 6), ("e", 0.95, 30)];

        Assert.Equal(["a", "c", "e"], ParetoFront.Of(models, (m => m.Accuracy, true), (m => m.Time, false)).Select(m => m.Name));
    }

    /// <summary>Oracle: the definition, tried on all pairs, with numbers from a small range so that ties are common.</summary>
    [Fact]
    public void Of_AnyNumbers_IsTheDefinition() => Prop.ForAll<(byte, byte, byte)[]>(raw =>
    {
        (int A, int B, int C)[] items = [.. raw.Select(r => (r.Item1 % 5, r.Item2 % 5, r.Item3 % 5))];
        bool Beats((int A, int B, int C) x, (int A, int B, int C) y) => x.A >= y.A && x.B <= y.B && x.C <= y.C && x != y;

        IReadOnlyList<(int A, int B, int C)> front = ParetoFront.Of(items, (x => x.A, true), (x => x.B, false), (x => x.C, false));

        return front.SequenceEqual(items.Where(y => !items.Any(x => Beats(x, y))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_EqualItemsAndNaN_BothStayAndNoneDoes()
    {
        Assert.Equal([1.0, 1.0], ParetoFront.Of([1.0, 1.0, 2.0, double.NaN], (x => x, false)));
        Assert.Empty(ParetoFront.Of(Array.Empty<double>(), (x => x, false)));
        Assert.Equal("criteria", Assert.Throws<ArgumentException>(() => ParetoFront.Of([1.0])).ParamName);
    }
}
