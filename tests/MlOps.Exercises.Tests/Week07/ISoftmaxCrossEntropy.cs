namespace MlOps.Exercises.Tests.Week07;

/// <summary>What a student writes for exercise 7.4.</summary>
public interface ISoftmaxCrossEntropy
{
    double Loss(double[] logits, int label);

    double[] Gradient(double[] logits, int label);
}
