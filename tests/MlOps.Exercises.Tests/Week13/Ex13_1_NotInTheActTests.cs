using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13;

[Exercise("13.1")]
public sealed class NotInTheActTests : AnswerTests
{
    [Fact, Points(1)]
    public void Answer_IsRight() => AnswerIsRight("Answer");
}
