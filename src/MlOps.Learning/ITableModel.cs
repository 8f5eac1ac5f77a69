using MlOps.Data;

namespace MlOps.Learning;

/// <summary>A model that predicts from a table as it was read, whatever its columns hold: a pipeline with its estimator, or an ONNX file.</summary>
public interface ITableModel
{
    /// <summary>Predicts every row.</summary>
    /// <param name="table">A table with the columns the model was fitted on, in any order; others are ignored.</param>
    /// <exception cref="ArgumentException">A column is missing or holds another type; the message names it.</exception>
    Predictions Predict(Table table);
}
