using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13;

[Exercise("13.3")]
public sealed class TierThreeTests : AnswerTests
{
    [Fact, Points(1)]
    public void Rule_IsRight() => AnswerIsRight("Rule");

    [Fact, Points(1)]
    public void Next_IsRight() => AnswerIsRight("Next");
}
