using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02;

[Exercise("2.2")]
public sealed class ExamMatrixTests : AnswerTests
{
    [Fact, Points(0.5)]
    public void OverallAccuracy_IsRight() => AnswerIsRight("OverallAccuracy");

    [Fact, Points(0.5)]
    public void DiseasePrecision_IsRight() => AnswerIsRight("DiseasePrecision");

    [Fact, Points(0.5)]
    public void DiseaseRecall_IsRight() => AnswerIsRight("DiseaseRecall");

    [Fact, Points(0.25)]
    public void NormalRecall_IsRight() => AnswerIsRight("NormalRecall");

    [Fact, Points(0.5)]
    public void DiseaseF1_IsRight() => AnswerIsRight("DiseaseF1");

    [Fact, Points(0.25)]
    public void AlwaysNormalAccuracy_IsRight() => AnswerIsRight("AlwaysNormalAccuracy");

    [Fact, Points(0.5)]
    public void Verdict_IsRight() => AnswerIsRight("Verdict");
}
