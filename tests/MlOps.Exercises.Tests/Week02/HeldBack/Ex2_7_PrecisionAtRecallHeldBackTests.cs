using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02.HeldBack;

[Exercise("2.7")]
public sealed class PrecisionAtRecallHeldBackTests : CodeTests<IRecallFloor>
{
    [Fact, Points(0.5), HeldBack("cases with the same score")]
    public void PrecisionAtRecall_EqualScores_AlarmTogether()
    {
        // By hand: one of two at 0.9, two of four at 0.5.
        Assert.Equal(0.5, Student.PrecisionAtRecall([true, false, true, false], [0.9, 0.9, 0.5, 0.5], 0.5), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("a floor that is reached exactly")]
    public void PrecisionAtRecall_FloorThatIsReachedExactly_Counts()
    {
        // 7 of 100 pedestrians come first, then 3 false alarms, then the others. 7/100 is 0.07 to the last bit, 0.07 · 100 is a little above 7.
        bool[] actual = [.. Enumerable.Range(0, 103).Select(i => i is not (>= 7 and < 10))];
        double[] scores = [.. Enumerable.Range(0, 103).Select(i => 1 - (i / 200.0))];
        Assert.Equal(1, Student.PrecisionAtRecall(actual, scores, 0.07), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("200 scores, against scikit-learn")]
    public void PrecisionAtRecall_TwoHundredScores_AgreeWithScikitLearn()
    {
        // scikit-learn 1.2.1: precision_recall_curve, then the largest precision with recall >= floor. 42 of the 200 are positive.
        double[] scores = [.. Enumerable.Range(0, 200).Select(i => i * 0.6180339887 % 1)];
        bool[] actual = [.. scores.Select((score, i) => i * 0.4142135623 % 1 < 0.6 * score * score)];
        Assert.Equal(0.41975308641975306, Student.PrecisionAtRecall(actual, scores, 0.8), 1e-9);
        Assert.Equal(0.25766871165644173, Student.PrecisionAtRecall(actual, scores, 0.99), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("input that makes no sense")]
    public void PrecisionAtRecall_InputThatMakesNoSense_Throws()
    {
        Throws<ArgumentException>(() => Student.PrecisionAtRecall([true, false], [0.1], 0.5));
        Throws<ArgumentException>(() => Student.PrecisionAtRecall([true, false], [0.1, double.NaN], 0.5));
        Throws<ArgumentException>(() => Student.PrecisionAtRecall([true, false], [0.1, 0.2], double.NaN));
        Throws<ArgumentException>(() => Student.PrecisionAtRecall([true, false], [0.1, 0.2], 1.5));
    }
}
