using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02;

[Exercise("2.1")]
public sealed class TrainingAndValidationTests : AnswerTests
{
    [Fact, Points(0.5)]
    public void Overfits_IsRight() => AnswerIsRight("Overfits");

    [Fact, Points(0.5)]
    public void Underfits_IsRight() => AnswerIsRight("Underfits");
}
