using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Quantization.Distillation;

/// <summary>Samples with what the teacher says about them and, where known, the truth.</summary>
/// <param name="X">n ≥ 1 samples, as the student reads them; the teacher may have read them in another form.</param>
/// <param name="Teacher">The teacher's scores of the same n samples.</param>
/// <param name="Labels">The true classes; null if nobody knows: the student then learns from the teacher alone.</param>
public sealed record DistillationData(Tensor X, TeacherScores Teacher, Labels? Labels = null)
{
    /// <summary>The same with the teacher's scores in the order of the labels' classes.</summary>
    /// <exception cref="ArgumentException">There are not n scores or labels, or the teacher knows other classes than the labels.</exception>
    internal DistillationData Checked()
    {
        ArgumentNullException.ThrowIfNull(X);
        ArgumentNullException.ThrowIfNull(Teacher);
        if (X.Count != Teacher.Count || (Labels is not null && Labels.Count != X.Count))
        {
            throw new ArgumentException($"Each sample needs the teacher's scores and, if there are labels, one: {X.Count} samples, {Teacher.Count} rows of scores, {Labels?.Count ?? X.Count} labels.", nameof(Teacher));
        }

        return Labels is null ? this : this with { Teacher = Teacher.InOrder(Labels.Classes) };
    }

    /// <summary>Targets for a loss with the teacher; without labels the teacher's own answers stand in, so that a history's accuracy is the agreement with it.</summary>
    internal TrainingData ForStudent() => new(X, DistillationLoss.Targets(Tensor.OneHot(Truth()), Teacher.Scores));

    /// <summary>The labels, or the teacher's answers where there are none.</summary>
    internal Labels Truth() => Labels ?? new Labels(Teacher.Codes(), Teacher.Classes ?? [.. Enumerable.Range(0, Teacher.ClassCount).Select(c => FormattableString.Invariant($"{c}"))]);
}
