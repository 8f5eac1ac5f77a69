namespace MlOps.Exercises.Tests.Week07;

/// <summary>What a student writes for exercise 7.3.</summary>
public interface IConvolutionSizes
{
    int Output(int input, int kernel, int stride, int padding);

    int ReceptiveField(int[] kernels, int[] strides);
}
