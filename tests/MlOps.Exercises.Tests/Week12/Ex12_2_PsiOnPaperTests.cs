using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12;

[Exercise("12.2")]
public sealed class PsiOnPaperTests : AnswerTests
{
    [Fact, Points(1)]
    public void Psi_IsRight() => AnswerIsRight("Psi");

    [Fact, Points(1)]
    public void Verdict_IsRight() => AnswerIsRight("Verdict");
}
