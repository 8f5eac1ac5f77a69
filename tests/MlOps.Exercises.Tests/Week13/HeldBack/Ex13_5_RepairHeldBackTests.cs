using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13.HeldBack;

[Exercise("13.5")]
public sealed class RepairHeldBackTests : CodeTests<IThresholdRepair>
{
    [Fact, Points(0.25), HeldBack("a score that equals the threshold")]
    public void Threshold_ScoreAtTheThreshold_IsSelected()
    {
        // By hand: both favoured are selected, so 0.8 · 2 others, two, are needed.
        Assert.Equal(0.2, Student.Threshold([0.4, 0.2], [0.9, 0.5], 0.5));
    }

    [Fact, Points(0.25), HeldBack("scores that are equal")]
    public void Threshold_EqualScores_ComeTogether()
    {
        // By hand: half of the favoured, so 0.4 · 3 = 1.2, two of three others; the two scores of 0.3 and the one above come at 0.3.
        Assert.Equal(0.3, Student.Threshold([0.4, 0.3, 0.3], [0.9, 0.1], 0.5));
    }

    [Fact, Points(0.25), HeldBack("four fifths to the last bit")]
    public void Threshold_FourFifthsExactly_IsEnough()
    {
        // By hand: 3 of 4 favoured, so 3 of 5 others are enough. In doubles 0.8 · 0.75 is above 0.6.
        Assert.Equal(0.5, Student.Threshold([0.9, 0.8, 0.7, 0.4, 0.3], [0.9, 0.8, 0.6, 0.3], 0.5));
    }

    [Fact, Points(0.25), HeldBack("made-up scores, against the definition")]
    public void Threshold_MadeUpScores_EqualTheDefinition()
    {
        var random = new Random(135);
        for (int round = 0; round < 40; round++)
        {
            double[] others = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(20) / 20.0)];
            double[] favoured = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(20) / 20.0)];
            double threshold = random.Next(20) / 20.0;

            // Brute force over every threshold that could be the answer, in whole numbers.
            int kept = favoured.Count(score => score >= threshold);
            double expected = others.Append(threshold).Where(t => t <= threshold && 5 * others.Count(score => score >= t) * favoured.Length >= 4 * kept * others.Length).Max();
            Assert.Equal(expected, Student.Threshold(others, favoured, threshold));
        }
    }
}
