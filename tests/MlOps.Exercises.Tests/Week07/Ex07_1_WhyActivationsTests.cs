using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07;

[Exercise("7.1")]
public sealed class WhyActivationsTests : AnswerTests
{
    [Fact, Points(1)]
    public void Answer_IsRight() => AnswerIsRight("Answer");
}
