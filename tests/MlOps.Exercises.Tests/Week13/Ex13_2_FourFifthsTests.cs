using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13;

[Exercise("13.2")]
public sealed class FourFifthsTests : AnswerTests
{
    [Fact, Points(0.5)]
    public void Female_IsRight() => AnswerIsRight("Female");

    [Fact, Points(0.5)]
    public void NonBinary_IsRight() => AnswerIsRight("NonBinary");

    [Fact, Points(1)]
    public void RateNeeded_IsRight() => AnswerIsRight("RateNeeded");
}
