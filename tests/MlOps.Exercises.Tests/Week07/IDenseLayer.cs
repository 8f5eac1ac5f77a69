namespace MlOps.Exercises.Tests.Week07;

/// <summary>What a student writes for exercise 7.5.</summary>
public interface IDenseLayer
{
    double[][] WeightGradient { get; }

    double[] BiasGradient { get; }

    double[][] Forward(double[][] inputs);

    double[][] Backward(double[][] gradient);
}
