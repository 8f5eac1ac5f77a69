using MlOps.Data;
using MlOps.Learning.Decomposition;
using MlOps.Learning.Tests.References;

namespace MlOps.Learning.Tests.Decomposition;

public sealed class MatrixFactorizationTests
{
    [Fact]
    public void Fit_PlantedFactors_PredictsRatingsItHasNotSeen()
    {
        // Ratings made of 2 factors and biases with noise of 0.05; three in four are seen. A model of biases alone misses by about 0.6.
        (Labels users, Labels items, double[] ratings) = Planted(seed: 1, noise: 0.05);
        int[] seen = [.. Enumerable.Range(0, ratings.Length).Where(i => i % 4 != 0)];
        int[] held = [.. Enumerable.Range(0, ratings.Length).Where(i => i % 4 == 0)];

        MatrixFactorizationModel model = new MatrixFactorization(2, regularization: 0.001, sweeps: 40)
            .Fit(users.Take(seen), items.Take(seen), [.. seen.Select(i => ratings[i])]);

        double error = Math.Sqrt(held.Average(i => Math.Pow(ratings[i] - model.Predict(users[i], items[i]), 2)));
        Assert.InRange(error, 0, 0.1);
        Assert.InRange(model.RmseHistory[^1], 0.02, 0.06);
    }

    [Fact]
    public void Fit_AtTheEnd_EveryItemSolvesItsNormalEquations()
    {
        // The gradient of the documented objective with respect to an item's factors and bias, by hand, is 0 after its half of a sweep.
        const double Lambda = 0.1;
        (Labels users, Labels items, double[] ratings) = Planted(seed: 2, noise: 0.3);

        MatrixFactorizationModel model = new MatrixFactorization(3, Lambda, sweeps: 3).Fit(users, items, ratings);

        for (int item = 0; item < items.Classes.Count; item++)
        {
            int[] own = [.. Enumerable.Range(0, ratings.Length).Where(i => items.Codes[i] == item)];
            double[] errors = [.. own.Select(i => ratings[i] - model.Predict(users.Codes[i], item))];
            Assert.Equal(0, errors.Sum() - (Lambda * own.Length * model.ItemBiases[item]), 1e-9);
            for (int f = 0; f < 3; f++)
            {
                Assert.Equal(0, own.Select((i, at) => errors[at] * model.UserFactors[users.Codes[i], f]).Sum() - (Lambda * own.Length * model.ItemFactors[item, f]), 1e-9);
            }
        }
    }

    [Fact]
    public void Fit_SweepBySweep_LowersTheObjective()
    {
        (Labels users, Labels items, double[] ratings) = Planted(seed: 3, noise: 0.5);
        double before = double.PositiveInfinity;
        for (int sweeps = 1; sweeps <= 10; sweeps++)
        {
            MatrixFactorizationModel model = new MatrixFactorization(4, 0.1, sweeps, seed: 5).Fit(users, items, ratings);
            double objective = ratings.Select((rating, i) => Math.Pow(rating - model.Predict(users[i], items[i]), 2)).Sum()
                + (0.1 * Penalty(users, model.UserFactors, model.UserBiases)) + (0.1 * Penalty(items, model.ItemFactors, model.ItemBiases));
            Assert.True(objective <= before * (1 + 1e-12));
            Assert.Equal(sweeps, model.RmseHistory.Count);
            Assert.Equal(Math.Sqrt(ratings.Select((rating, i) => Math.Pow(rating - model.Predict(users[i], items[i]), 2)).Average()), model.RmseHistory[^1], 1e-12);
            before = objective;
        }
    }

    [Fact]
    public void Predict_UnknownUserOrItem_FallsBackToWhatIsKnown()
    {
        var table = new Table(Column.Of("who", "a", "a", "b"), Column.Of("what", 1, 2, 1), Column.Of("stars", 5, 3, 4));

        MatrixFactorizationModel model = new MatrixFactorization(2, 0.1).Fit(table, "who", "what", "stars");

        Assert.Equal(4, model.Mean);
        Assert.Equal(4, model.Predict("nobody", "9"));
        Assert.Equal(4 + model.ItemBiases[model.ItemCode("2")], model.Predict("nobody", "2"));
        Assert.Equal(4 + model.UserBiases[model.UserCode("b")], model.Predict("b", "9"));
        Assert.Equal([model.Predict("a", "1"), model.Predict("nobody", "1")], model.Predict(["a", "nobody"], ["1", "1"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(2, 0));
    }

    [Fact]
    public void Fit_EqualSeeds_GiveEqualBytes()
    {
        (Labels users, Labels items, double[] ratings) = Planted(seed: 4, noise: 0.1);
        var estimator = new MatrixFactorization(5, seed: 9);

        PrepReferences.Close(estimator.Fit(users, items, ratings).UserFactors, estimator.Fit(users, items, ratings).UserFactors, 0);
    }

    [Fact]
    public void Fit_BadInput_SaysWhatIsWrong()
    {
        Labels two = Labels.Of(["a", "b"]);
        Assert.Contains("Rating 1 is NaN", Assert.Throws<ArgumentException>(() => new MatrixFactorization().Fit(two, two, [1, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains("2 items, 1 ratings", Assert.Throws<ArgumentException>(() => new MatrixFactorization().Fit(two, two, [1])).Message, StringComparison.Ordinal);
        Assert.Contains("there must be one", Assert.Throws<ArgumentException>(() => new MatrixFactorization().Fit(two.Take([]), two.Take([]), [])).Message, StringComparison.Ordinal);
        Assert.Equal("regularization", Assert.Throws<ArgumentOutOfRangeException>(() => new MatrixFactorization(regularization: 0)).ParamName);
    }

    private static double Penalty(Labels side, Matrix factors, IReadOnlyList<double> biases) =>
        side.Counts().Select((count, one) => count * (factors.Row(one).ToArray().Sum(value => value * value) + (biases[one] * biases[one]))).Sum();

    private static (Labels Users, Labels Items, double[] Ratings) Planted(int seed, double noise)
    {
        const int Users = 60;
        const int Items = 40;
        var random = new Random(seed);
        double[] Draw(int count, double size) => [.. Enumerable.Range(0, count).Select(_ => size * ((2 * random.NextDouble()) - 1))];
        (double[] p, double[] q, double[] bu, double[] bi) = (Draw(2 * Users, 1.3), Draw(2 * Items, 1.3), Draw(Users, 1), Draw(Items, 1));
        var users = new List<int>();
        var items = new List<int>();
        var ratings = new List<double>();
        for (int cell = 0; cell < Users * Items; cell++)
        {
            (int u, int i) = (cell / Items, cell % Items);
            if (random.NextDouble() < 0.6)
            {
                users.Add(u);
                items.Add(i);
                ratings.Add(3 + bu[u] + bi[i] + (p[2 * u] * q[2 * i]) + (p[(2 * u) + 1] * q[(2 * i) + 1]) + (noise * ((2 * random.NextDouble()) - 1)));
            }
        }

        return (new Labels([.. users], [.. Enumerable.Range(0, Users).Select(u => "u" + u)]), new Labels([.. items], [.. Enumerable.Range(0, Items).Select(i => "i" + i)]), [.. ratings]);
    }
}
