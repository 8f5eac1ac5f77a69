using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13;

[Exercise("13.7")]
public sealed class RiskClassTests : AnswerTests
{
    [Fact, Points(0.5)]
    public void Credit_IsRight() => AnswerIsRight("Credit");

    [Fact, Points(0.5)]
    public void Smile_IsRight() => AnswerIsRight("Smile");

    [Fact, Points(0.5)]
    public void Tutor_IsRight() => AnswerIsRight("Tutor");

    [Fact, Points(0.5)]
    public void Spam_IsRight() => AnswerIsRight("Spam");
}
