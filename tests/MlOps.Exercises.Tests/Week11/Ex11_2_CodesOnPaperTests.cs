using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11;

[Exercise("11.2")]
public sealed class CodesOnPaperTests : AnswerTests
{
    [Fact, Points(1)]
    public void Scale_IsRight() => AnswerIsRight("Scale");

    [Fact, Points(1)]
    public void ZeroPoint_IsRight() => AnswerIsRight("ZeroPoint");

    [Fact, Points(1)]
    public void Code_IsRight() => AnswerIsRight("Code");

    [Fact, Points(1)]
    public void Error_IsRight() => AnswerIsRight("Error");
}
