using MlOps.Learning.Neural;
using MlOps.Learning.Preprocessing;

namespace MlOps.Quantization.Distillation;

/// <summary>A student for tables, and what it is worth on rows it has not seen.</summary>
/// <param name="Student">The pipeline with the student.</param>
/// <param name="Alone">The same student trained on the labels alone.</param>
/// <param name="Comparison">Both and the teacher on the test rows.</param>
/// <param name="History">The student's training.</param>
/// <param name="StudentParameters">Its number of parameters.</param>
/// <param name="TrainRows">Rows it learned from.</param>
/// <param name="LeftOut">Columns that became no feature, with the reason.</param>
/// <param name="TeacherNamesClasses">Whether the teacher says which class each score is for; if not, the order of the labels' names was taken.</param>
public sealed record DistilledTable(
    PipelineModel Student,
    PipelineModel Alone,
    StudentComparison Comparison,
    TrainingHistory History,
    int StudentParameters,
    int TrainRows,
    IReadOnlyList<LeftOutColumn> LeftOut,
    bool TeacherNamesClasses)
{
    /// <summary>Returns how a notebook shows it.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    /// <summary>Writes the sizes and the comparison.</summary>
    public override string ToString() => FormattableString.Invariant($"Student with {StudentParameters:N0} parameters, learned from {TrainRows:N0} rows, measured on others\n{Comparison}");
}
