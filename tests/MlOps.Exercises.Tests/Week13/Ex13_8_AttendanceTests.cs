using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13;

[Exercise("13.8")]
public sealed class AttendanceTests : ArtefactTests
{
    [Theory, Points(0)]
    [InlineData("## What can go wrong, and for whom")]
    [InlineData("## What the DPDPA 2023 asks")]
    [InlineData("## What the EU AI Act would say")]
    [InlineData("## What you would build, or refuse to build")]
    public void Essay_HasTheHeading(string heading) => Assert.Contains(heading + "\n", Text, StringComparison.Ordinal);

    [Fact, Points(0)]
    public void Essay_HasFourToEightHundredWords() => Assert.InRange(Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 400, 800);

    [Fact, Points(0)]
    public void Essay_HasNoPlaceholderLeft() => Assert.DoesNotContain("(your text)", Text, StringComparison.Ordinal);
}
