using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09;

[Exercise("9.2")]
public sealed class SummaryOnPaperTests : AnswerTests
{
    [Fact, Points(1)]
    public void Summary_IsRight() => AnswerIsRight("Summary");

    [Fact, Points(1)]
    public void NotSix_IsRight() => AnswerIsRight("NotSix");

    [Fact, Points(1)]
    public void AtMost_IsRight() => AnswerIsRight("AtMost");
}
