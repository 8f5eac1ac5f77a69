using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11;

[Exercise("11.3")]
public sealed class StudentLossTests : AnswerTests
{
    [Fact, Points(0.5)]
    public void Soft_IsRight() => AnswerIsRight("Soft");

    [Fact, Points(0.5)]
    public void Hard_IsRight() => AnswerIsRight("Hard");

    [Fact, Points(1)]
    public void Loss_IsRight() => AnswerIsRight("Loss");
}
