using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11.HeldBack;

[Exercise("11.6")]
public sealed class MagnitudeHeldBackTests : CodeTests<IMagnitude>
{
    [Fact, Points(0.25), HeldBack("half a weight")]
    public void Prune_HalfAWeight_GoesToTheEvenNumber()
    {
        // By hand: 0.5 · 5 = 2.5, the even neighbour is 2; 0.3 · 5 = 1.5, the even neighbour is 2 as well.
        Assert.Equal([[0, 0, 3, 4, 5]], Student.Prune([[1, 2, 3, 4, 5]], 0.5));
        Assert.Equal([[0, 0, 3, 4, 5]], Student.Prune([[1, 2, 3, 4, 5]], 0.3));
    }

    [Fact, Points(0.25), HeldBack("weights that are equally strong")]
    public void Prune_EquallyStrong_TheFirstGoes() => Assert.Equal([[0, 2], [-1, 3]], Student.Prune([[1, 2], [-1, 3]], 0.25));

    [Fact, Points(0.25), HeldBack("made-up weights, against the definition")]
    public void Prune_MadeUpWeights_EqualTheDefinition()
    {
        var random = new Random(116);
        for (int round = 0; round < 30; round++)
        {
            double[][] weights = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(-6, 7) / 2.0).ToArray())];
            double amount = random.Next(0, 11) / 10.0;
            int left = (int)Math.Round(amount * weights.Sum(layer => layer.Length));
            double[][] expected = [.. weights.Select(layer => layer.ToArray())];
            bool[][] gone = [.. weights.Select(layer => new bool[layer.Length])];

            // By the definition, one weight at a time: the first of the weakest that are left.
            for (; left > 0; left--)
            {
                double weakest = weights.SelectMany((layer, l) => layer.Where((_, i) => !gone[l][i])).Min(Math.Abs);
                (int at, int place) = weights.SelectMany((layer, l) => layer.Select((_, i) => (l, i))).First(p => !gone[p.l][p.i] && Math.Abs(weights[p.l][p.i]) == weakest);
                (gone[at][place], expected[at][place]) = (true, 0);
            }

            Assert.Equal(expected, Student.Prune(weights, amount));
        }
    }
}
