using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02.HeldBack;

[Exercise("2.5")]
public sealed class AucFromRanksHeldBackTests : CodeTests<IAucFromRanks>
{
    [Fact, Points(0.5), HeldBack("200 cases with five different scores, against scikit-learn")]
    public void Auc_TwoHundredCasesInFiveGrades_AgreesWithScikitLearn()
    {
        // scikit-learn 1.2.1, roc_auc_score; 97 of the 200 are positive.
        double[] scores = [.. Enumerable.Range(0, 200).Select(i => Math.Floor(i * 0.6180339887 % 1 * 5) / 4)];
        bool[] actual = [.. scores.Select((score, i) => i * 0.4142135623 % 1 < 0.2 + (0.5 * score))];
        Assert.Equal(0.6854669202282053, Student.Auc(actual, scores), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("200,000 cases")]
    public void Auc_TwoHundredThousandCases_KeepTheirRanks()
    {
        // By hand: every second case is positive, so the k-th of n positives beats k negatives, n (n + 1) / 2 of n² pairs in all.
        const int N = 100_000;
        bool[] actual = [.. Enumerable.Range(0, 2 * N).Select(i => i % 2 == 1)];
        double[] scores = [.. Enumerable.Range(0, 2 * N).Select(i => (double)i)];
        Assert.Equal((N + 1.0) / (2.0 * N), Student.Auc(actual, scores), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("input that makes no sense")]
    public void Auc_ScoreThatIsNoNumber_OrListsThatDiffer_Throw()
    {
        Throws<ArgumentException>(() => Student.Auc([true, false, true], [0.1, double.NaN, 0.2]));
        Throws<ArgumentException>(() => Student.Auc([true, false, true], [0.1, 0.2]));
    }
}
