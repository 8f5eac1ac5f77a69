namespace MlOps.Learning.Preprocessing;

/// <summary>What to do with a category that the training rows did not have.</summary>
public enum UnknownCategory
{
    /// <summary>Let it pass: all zeros from <see cref="OneHot"/>, −1 from <see cref="Ordinal"/>.</summary>
    Ignore,

    /// <summary>Throw, naming column, row and category. An ONNX file cannot throw and lets it pass.</summary>
    Error,
}
