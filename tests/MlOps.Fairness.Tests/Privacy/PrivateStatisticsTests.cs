using MlOps.Fairness.Privacy;

namespace MlOps.Fairness.Tests.Privacy;

public sealed class PrivateStatisticsTests
{
    [Fact]
    public void Spend_TenTenths_IsTheWholeBudget()
    {
        var budget = new PrivacyBudget(1);
        for (int i = 0; i < 10; i++)
        {
            budget.Spend(0.1, question: $"question {i}");
        }

        Assert.Equal(0, budget.Remaining, 12);
        Assert.Contains("'one more'", Assert.Throws<PrivacyBudgetException>(() => budget.Spend(0.1, question: "one more")).Message);
        Assert.Equal(10, budget.Expenses.Count);
    }

    [Fact]
    public void Spend_DeltaBeyond_IsRefused() => Assert.Throws<PrivacyBudgetException>(() => new PrivacyBudget(1).Spend(0.5, 1e-6));

    // A large ε takes the noise away, so what is left is the statistic itself.
    [Fact]
    public void Statistics_HugeEpsilon_AreTheTruth()
    {
        var statistics = new PrivateStatistics(new PrivacyBudget(1e9), seed: 1);

        Assert.Equal(2, statistics.Count([true, false, true], 1e7), 4);
        Assert.Equal(3 + 10 + 0, statistics.Sum([3, 99, -4], 0, 10, 1e7), 4); // cut to [0, 10]
        Assert.Equal(13.0 / 3, statistics.Mean([3, 99, -4], 0, 10, 1e7), 4);
        Assert.Equal([2.0, 1.0], statistics.Histogram([0, 1, -1, 0], 2, 1e7).Select(value => Math.Round(value, 4)));
    }

    [Fact]
    public void Mean_ManySeeds_CentresOnTheTruth()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => i % 10.0)];
        double[] answers = [.. Enumerable.Range(0, 400).Select(seed => new PrivateStatistics(new PrivacyBudget(1), seed).Mean(values, 0, 10, 1))];
        double error = Math.Sqrt(answers.Sum(answer => Math.Pow(answer - answers.Average(), 2)) / 399 / 400);

        Assert.InRange(answers.Average(), 4.5 - (4 * error), 4.5 + (4 * error));
    }

    [Fact]
    public void Refused_AnswersNothing()
    {
        var statistics = new PrivateStatistics(new PrivacyBudget(0.5), seed: 1);
        statistics.Count([true], 0.4);

        Assert.Throws<PrivacyBudgetException>(() => statistics.Histogram([0], 1, 0.2));
        Assert.Throws<PrivacyBudgetException>(() => statistics.Mean([1], 0, 2, 0.2));
    }

    [Fact]
    public void BadInput_IsTold()
    {
        var statistics = new PrivateStatistics(new PrivacyBudget(10));

        Assert.Throws<ArgumentException>(() => statistics.Sum([double.NaN], 0, 1, 1));
        Assert.Throws<ArgumentException>(() => statistics.Sum([1], 2, 1, 1));
        Assert.Throws<ArgumentException>(() => statistics.Histogram([2], 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PrivacyBudget(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PrivacyBudget(1, 1));
    }
}
