using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07;

[Exercise("7.2")]
public sealed class CountingOnPaperTests : AnswerTests
{
    [Fact, Points(1)]
    public void Iterations_IsRight() => AnswerIsRight("Iterations");

    [Fact, Points(1)]
    public void Updates_IsRight() => AnswerIsRight("Updates");

    [Fact, Points(1)]
    public void Parameters_IsRight() => AnswerIsRight("Parameters");
}
