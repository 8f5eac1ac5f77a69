using MlOps.Data;
using MlOps.Learning;
using MlOps.Onnx;
using MlOps.Quantization.Reading;

namespace MlOps.Quantization;

/// <summary>Inputs of a model, in batches, and the right answers where they are known: for calibration and for measuring.</summary>
/// <param name="Batches">A tensor for every input of the model, by name; the first dimension of each is the row.</param>
/// <param name="RowCount">Rows in all batches. A model of a fixed batch may hold more: copies of the last row fill its last batch up.</param>
/// <param name="Labels">The right class of each row as text; null if nobody knows.</param>
public sealed partial record ModelData(IReadOnlyList<IReadOnlyDictionary<string, OnnxTensor>> Batches, int RowCount, IReadOnlyList<string>? Labels = null)
{
    /// <summary>Rows of a matrix, laid out as the model's only input asks: an image of 3 × 16 × 16 points is a row of 768 columns.</summary>
    /// <param name="model">The model that will read them.</param>
    /// <param name="x">n ≥ 1 rows.</param>
    /// <param name="labels">n right answers, or null.</param>
    /// <param name="rowsPerBatch">Rows of a batch, ≥ 1.</param>
    /// <exception cref="ArgumentException">There is no row, the model takes another number of columns or has more than one input, or there are not n labels.</exception>
    /// <exception cref="OnnxException">ONNX Runtime does not load the model.</exception>
    public static ModelData Of(OnnxFile model, Matrix x, IReadOnlyList<string>? labels = null, int rowsPerBatch = 64)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var session = OnnxModel.Open(model);
        return Checked(session.Feeds(x, rowsPerBatch), x.RowCount, labels, FixedBatch.Of(session.Inputs) > 0);
    }

    /// <summary>Rows of a table; its columns go where <see cref="OnnxModel.Predict(Table)"/> puts them.</summary>
    /// <inheritdoc cref="Of(OnnxFile, Matrix, IReadOnlyList{string}?, int)"/>
    /// <param name="model">The model that will read them.</param>
    /// <param name="table">n ≥ 1 rows.</param>
    /// <param name="labels">n right answers, or null.</param>
    /// <param name="rowsPerBatch">Rows of a batch, ≥ 1.</param>
    public static ModelData Of(OnnxFile model, Table table, IReadOnlyList<string>? labels = null, int rowsPerBatch = 64)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var session = OnnxModel.Open(model);
        return Checked(session.Feeds(table, rowsPerBatch), table.RowCount, labels, FixedBatch.Of(session.Inputs) > 0);
    }

    private static ModelData Checked(IReadOnlyList<IReadOnlyDictionary<string, OnnxTensor>> batches, int rows, IReadOnlyList<string>? labels, bool isFixed)
    {
        if (rows == 0)
        {
            throw new ArgumentException("There is no row.", nameof(rows));
        }

        return labels is null || labels.Count == rows
            ? new ModelData(batches, rows, labels) { BatchIsFixed = isFixed }
            : throw new ArgumentException($"Each row needs a label: {rows} rows, {labels.Count} labels.", nameof(labels));
    }
}
