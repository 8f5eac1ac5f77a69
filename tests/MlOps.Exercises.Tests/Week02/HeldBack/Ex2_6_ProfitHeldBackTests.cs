using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02.HeldBack;

[Exercise("2.6")]
public sealed class ProfitHeldBackTests : CodeTests<IAdProfit>
{
    [Fact, Points(0.5), HeldBack("people with the same probability")]
    public void BestThreshold_EqualProbabilities_AreShownTogether()
    {
        // By hand: the three at 0.6 earn 1 − 2 · 0.75 = −0.5 together; with the last one it is +0.5. In the second, 1 − 2 is below 0.
        Assert.Equal(0.2, Student.BestThreshold([true, false, false, true], [0.6, 0.6, 0.6, 0.2], 1, 0.75), 1e-12);
        Assert.Equal(double.PositiveInfinity, Student.BestThreshold([true, false], [0.5, 0.5], 1, 2));
    }

    [Fact, Points(0.25), HeldBack("thresholds that are equally profitable")]
    public void BestThreshold_EquallyProfitable_BothersFewest()
    {
        // By hand: 1 at 0.9, 0 at 0.5, 1 again at 0.3. In the second a click pays for the one before: 0, as with nobody.
        Assert.Equal(0.9, Student.BestThreshold([true, false, true], [0.9, 0.5, 0.3], 1, 1), 1e-12);
        Assert.Equal(double.PositiveInfinity, Student.BestThreshold([false, true], [0.9, 0.5], 1, 1));
    }

    [Fact, Points(0.25), HeldBack("made-up campaigns, against the definition")]
    public void BestThreshold_MadeUpCampaigns_EqualTheDefinition()
    {
        var random = new Random(26);
        for (int campaign = 0; campaign < 40; campaign++)
        {
            double[] probabilities = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(21) / 20.0)];
            bool[] clicked = [.. probabilities.Select(probability => random.NextDouble() < probability)];
            (double gain, double cost) = (random.Next(1, 5), random.Next(5) / 4.0); // quarters: sums of them are exact

            // Brute force: of all candidates the largest of those with the largest profit.
            double expected = probabilities.Append(double.PositiveInfinity)
                .Select(t => (Threshold: t, Profit: probabilities.Zip(clicked).Where(person => person.First >= t).Sum(person => person.Second ? gain : -cost)))
                .OrderByDescending(candidate => candidate.Profit).ThenByDescending(candidate => candidate.Threshold).First().Threshold;
            Assert.Equal(expected, Student.BestThreshold(clicked, probabilities, gain, cost));
        }
    }

    [Fact, Points(0.25), HeldBack("input that makes no sense")]
    public void ProfitAndBestThreshold_InputThatMakesNoSense_Throw()
    {
        Throws<ArgumentException>(() => Student.Profit([], [], 1, 1, 0.5));
        Throws<ArgumentException>(() => Student.Profit([true], [1.5], 1, 1, 0.5));
        Throws<ArgumentException>(() => Student.Profit([true], [0.5], double.NaN, 1, 0.5));
        Throws<ArgumentException>(() => Student.BestThreshold([true, false], [0.5, double.NaN], 1, 1));
        Throws<ArgumentException>(() => Student.BestThreshold([true, false], [0.5, 0.4], 1, -1));
    }
}
