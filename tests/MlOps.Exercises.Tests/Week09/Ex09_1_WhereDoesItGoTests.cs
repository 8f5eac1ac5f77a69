using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09;

[Exercise("9.1")]
public sealed class WhereDoesItGoTests : AnswerTests
{
    [Fact, Points(0.5)]
    public void LearningRate_IsRight() => AnswerIsRight("LearningRate");

    [Fact, Points(0.5)]
    public void ValidationLoss_IsRight() => AnswerIsRight("ValidationLoss");

    [Fact, Points(0.5)]
    public void ConfusionPlot_IsRight() => AnswerIsRight("ConfusionPlot");

    [Fact, Points(0.5)]
    public void ServesCustomers_IsRight() => AnswerIsRight("ServesCustomers");
}
