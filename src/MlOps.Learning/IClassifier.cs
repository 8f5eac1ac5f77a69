namespace MlOps.Learning;

/// <summary>A model that tells the class of a case.</summary>
public interface IClassifier : IModel
{
    /// <summary>Gets the classes; a code is an index into them.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>Scores every case for every class: n rows × one column a class, higher is likelier. Probabilities where the model knows them.</summary>
    /// <remarks>A model with one score s for two classes, such as a support vector machine, gives (−s, s).</remarks>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not allowed.</exception>
    Matrix Scores(Matrix x);

    /// <summary>Predicts the code of the class of every case; on a tie the lower code.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not allowed.</exception>
    int[] Predict(Matrix x);
}
