using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02;

[Exercise("2.3")]
public sealed class LossesOnPaperTests : AnswerTests
{
    [Fact, Points(0.5)]
    public void Squared_IsRight() => AnswerIsRight("Squared");

    [Fact, Points(0.5)]
    public void Absolute_IsRight() => AnswerIsRight("Absolute");

    [Fact, Points(0.5)]
    public void Huber_IsRight() => AnswerIsRight("Huber");

    [Fact, Points(0.5)]
    public void CrossEntropy_IsRight() => AnswerIsRight("CrossEntropy");

    [Fact, Points(0.5)]
    public void Focal_IsRight() => AnswerIsRight("Focal");

    [Fact, Points(0.5)]
    public void Hinge_IsRight() => AnswerIsRight("Hinge");
}
