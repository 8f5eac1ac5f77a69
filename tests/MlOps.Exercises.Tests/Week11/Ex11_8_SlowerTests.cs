using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11;

[Exercise("11.8")]
public sealed class SlowerTests : AnswerTests
{
    [Fact, Points(0.5)]
    public void Cause_IsRight() => AnswerIsRight("Cause");

    [Fact, Points(0.5)]
    public void Remedy_IsRight() => AnswerIsRight("Remedy");
}
