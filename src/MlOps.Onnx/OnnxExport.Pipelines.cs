using MlOps.Data;
using MlOps.Learning.Preprocessing;
using MlOps.Onnx.Export;

namespace MlOps.Onnx;

public static partial class OnnxExport
{
    /// <summary>Turns a pipeline and its model into one ONNX model that takes the table's raw columns.</summary>
    /// <remarks>
    /// One input a column, named as it is, N × 1: float for numbers and truth values (1 and 0), NaN where one is missing; text for text, "" where
    /// one is missing. Outputs as for the model alone; one that an input is called like gets another name, <c>label_output</c> say, which
    /// <see cref="ModelFacts.Outputs"/> tells and <see cref="OnnxModel.Predict(Data.Table)"/> knows. Categories that the training rows did not have are as with <see cref="UnknownCategory.Ignore"/>.
    /// The steps compute in double precision, from inputs that are single; the model gets single features.
    /// </remarks>
    /// <param name="model">The pipeline with its model.</param>
    /// <param name="options">What the file says about it, and whether the export is verified.</param>
    /// <exception cref="ArgumentException">There is no export for the model, there is not one name a class, or a matrix was given to verify with.</exception>
    /// <exception cref="OnnxException">The export was to be verified, and ONNX Runtime says something else than the pipeline.</exception>
    public static OnnxFile Export(PipelineModel model, ExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new ExportOptions();
        OnnxFile file = PipelineExport.Build(model, Write, options.ClassNames);
        Describe(file, options, new ModelFacts
        {
            Kind = model.Model.GetType().Name,
            Columns = Columns(model.Pipeline),
            Features = model.Pipeline.FeatureNames,
            Label = model.Label,
            Classes = ClassNames(model.Model, options.ClassNames),
        });
        Verify(file, options, table => ExportVerification.Difference(file, model, table));
        return file;
    }

    /// <summary>Turns a pipeline without a model into an ONNX model with one output <c>features</c>, float, N × features.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">What the file says about it, and whether the export is verified.</param>
    /// <exception cref="ArgumentException">Classes were named, or a matrix was given to verify with.</exception>
    /// <exception cref="OnnxException">The export was to be verified, and ONNX Runtime says something else than the pipeline.</exception>
    public static OnnxFile Export(FittedPipeline pipeline, ExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        options ??= new ExportOptions();
        if (options.ClassNames is not null)
        {
            throw new ArgumentException("A pipeline without a model has no classes that could be named.", nameof(options));
        }

        OnnxFile file = PipelineExport.Build(pipeline);
        Describe(file, options, new ModelFacts { Kind = nameof(FittedPipeline), Columns = Columns(pipeline), Features = pipeline.FeatureNames });
        Verify(file, options, table => ExportVerification.Difference(file, pipeline, table));
        return file;
    }

    private static IReadOnlyList<string> Columns(FittedPipeline pipeline) => [.. pipeline.InputColumns.Select(column => column.Name)];

    private static void Verify(OnnxFile file, ExportOptions options, Func<Table, double> difference)
    {
        if (options.Verify is not null)
        {
            throw new ArgumentException("A pipeline reads the columns of a table; give the rows to verify with as VerifyTable.", nameof(options));
        }

        if (options.VerifyTable is { } rows)
        {
            NoteDifference(file, options, rows.RowCount, difference(rows));
        }
    }
}
