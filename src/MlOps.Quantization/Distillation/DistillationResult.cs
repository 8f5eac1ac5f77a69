using System.Globalization;
using MlOps.Charts;
using MlOps.Learning.Neural;

namespace MlOps.Quantization.Distillation;

/// <summary>A trained student and what it is worth.</summary>
/// <param name="Student">The network.</param>
/// <param name="History">Its training; accuracies are agreements with the teacher where there were no labels.</param>
/// <param name="Comparison">Student, teacher and student without teacher on the same rows.</param>
/// <param name="Alone">The student without a teacher; null if none was trained.</param>
/// <param name="MeasuredOnValidation">Whether the rows of the comparison were not learned from.</param>
/// <param name="Temperature">T.</param>
/// <param name="Alpha">α as it was used: 1 without labels.</param>
/// <param name="TeacherParameters">Parameters of the teacher; null if they are not known.</param>
public sealed record DistillationResult(
    Network Student, TrainingHistory History, StudentComparison Comparison, Network? Alone, bool MeasuredOnValidation, double Temperature, double Alpha, int? TeacherParameters)
{
    /// <summary>Gets the number of parameters of the student.</summary>
    public int StudentParameters => Student.ParameterCount;

    /// <summary>Gets the share of rows where the student names the teacher's class.</summary>
    public double Agreement => Comparison.Agreement;

    /// <summary>Draws the accuracies of teacher, student and student without teacher.</summary>
    public Figure Chart() => Comparison.Chart();

    /// <summary>Returns how a notebook shows it.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    /// <summary>Writes the settings, the sizes and the comparison.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        Distilled at T = {Temperature:0.####}, alpha = {Alpha:0.####}, {History.Epochs.Count} epochs; measured on {(MeasuredOnValidation ? "validation rows" : "the training rows, so these numbers flatter")}
        {StudentParameters:N0} parameters{(TeacherParameters is { } big ? string.Create(CultureInfo.InvariantCulture, $"; the teacher has {big:N0}, {(double)big / StudentParameters:0.#} times as many") : "")}
        {Comparison}
        """);
}
