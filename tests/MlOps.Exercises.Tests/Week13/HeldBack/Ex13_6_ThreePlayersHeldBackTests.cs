using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13.HeldBack;

[Exercise("13.6")]
public sealed class ThreePlayersHeldBackTests : CodeTests<IThreePlayers>
{
    [Fact, Points(0.25), HeldBack("two features that only count together")]
    public void Values_TwoThatOnlyCountTogether_ShareAlike() => Near([4, 4, 0], Student.Values([0, 0, 0, 8, 0, 0, 0, 8])); // by symmetry

    [Fact, Points(0.25), HeldBack("two features that say the same")]
    public void Values_TwoThatSayTheSame_ShareAlike() => Near([4, 4, 0], Student.Values([0, 8, 8, 8, 0, 8, 8, 8])); // by symmetry

    [Fact, Points(0.5), HeldBack("made-up worths, against all six orders")]
    public void Values_MadeUpWorths_EqualTheMeanOverAllOrders()
    {
        var random = new Random(136);
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        for (int round = 0; round < 20; round++)
        {
            double[] worth = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())];
            var expected = new double[3];
            foreach (int[] order in orders)
            {
                int joined = 0;
                foreach (int player in order)
                {
                    expected[player] += (worth[joined | (1 << player)] - worth[joined]) / 6;
                    joined |= 1 << player;
                }
            }

            Near(expected, Student.Values(worth));
        }
    }

    private static void Near(double[] expected, double[] values) => Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
