using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12;

[Exercise("12.1")]
public sealed class DataDriftTests : AnswerTests
{
    [Fact, Points(1)]
    public void Answer_IsRight() => AnswerIsRight("Answer");
}
