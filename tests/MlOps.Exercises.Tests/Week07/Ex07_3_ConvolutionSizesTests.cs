using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07;

[Exercise("7.3")]
public sealed class ConvolutionSizesTests : CodeTests<IConvolutionSizes>
{
    [Fact, Points(0.5)]
    public void Output_WorkedValue_IsSixteen() => Assert.Equal(16, Student.Output(32, 3, 2, 1));

    [Fact, Points(0.25)]
    public void Output_PaddingOfTwo_KeepsTheSize()
    {
        // By hand: (28 + 4 − 5) / 1 + 1.
        Assert.Equal(28, Student.Output(28, 5, 1, 2));
    }

    [Fact, Points(0.5)]
    public void Output_LeftOverPixels_AreNotUsed()
    {
        // By hand: on 7 and on 8 pixels a window of 3 starts at 0, 2 and 4.
        Assert.Equal(3, Student.Output(7, 3, 2, 0));
        Assert.Equal(3, Student.Output(8, 3, 2, 0));
    }

    [Fact, Points(0.5)]
    public void ReceptiveField_WorkedValue_IsEight() => Assert.Equal(8, Student.ReceptiveField([3, 2, 3], [1, 2, 1]));
}
