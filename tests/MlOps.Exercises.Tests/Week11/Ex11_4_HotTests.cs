using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11;

[Exercise("11.4")]
public sealed class HotTests : AnswerTests
{
    [Fact, Points(0.5)]
    public void Limit_IsRight() => AnswerIsRight("Limit");

    [Fact, Points(1)]
    public void Speed_IsRight() => AnswerIsRight("Speed");

    [Fact, Points(0.5)]
    public void Enough_IsRight() => AnswerIsRight("Enough");
}
