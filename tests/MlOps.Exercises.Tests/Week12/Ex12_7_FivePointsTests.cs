using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12;

[Exercise("12.7")]
public sealed class FivePointsTests : AnswerTests
{
    [Fact, Points(1)]
    public void A_IsRight() => AnswerIsRight("A");

    [Fact, Points(1)]
    public void B_IsRight() => AnswerIsRight("B");

    [Fact, Points(1)]
    public void C_IsRight() => AnswerIsRight("C");
}
