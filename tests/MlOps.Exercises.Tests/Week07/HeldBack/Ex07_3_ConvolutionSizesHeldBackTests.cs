using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07.HeldBack;

[Exercise("7.3")]
public sealed class ConvolutionSizesHeldBackTests : CodeTests<IConvolutionSizes>
{
    [Fact, Points(0.25), HeldBack("a window that does not fit")]
    public void Output_WindowWiderThanTheRow_Throws()
    {
        Assert.Equal(1, Student.Output(5, 5, 1, 0));
        Throws<ArgumentException>(() => Student.Output(2, 3, 2, 0));
        Throws<ArgumentException>(() => Student.Output(1, 5, 3, 1));
    }

    [Fact, Points(0.5), HeldBack("deep stacks of layers, against PyTorch")]
    public void ReceptiveField_DeepStack_AgreesWithPyTorch()
    {
        // PyTorch 1.13.0: the input places with a gradient other than 0 behind one output of conv2d layers with kernels of ones.
        Assert.Equal(27, Student.ReceptiveField([7, 3, 3, 3], [2, 2, 1, 2]));
        Assert.Equal(11, Student.ReceptiveField([5, 3], [3, 2]));
        Assert.Equal(10, Student.ReceptiveField([3, 2, 3, 2], [1, 2, 1, 2]));
    }

    [Fact, Points(0.25), HeldBack("arguments without a meaning")]
    public void Arguments_WithoutMeaning_Throw()
    {
        Throws<ArgumentException>(() => Student.Output(5, 3, 0, 0));
        Throws<ArgumentException>(() => Student.Output(5, 0, 1, 0));
        Throws<ArgumentException>(() => Student.Output(9, 3, 1, -1));
        Throws<ArgumentException>(() => Student.ReceptiveField([3, 3], [1]));
        Throws<ArgumentException>(() => Student.ReceptiveField([3, 3], [1, 0]));
    }

    [Fact, Points(0.25), HeldBack("no layers at all")]
    public void ReceptiveField_NoLayers_IsOnePixel() => Assert.Equal(1, Student.ReceptiveField([], []));
}
