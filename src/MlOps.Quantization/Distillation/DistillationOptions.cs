using MlOps.Learning.Neural;

namespace MlOps.Quantization.Distillation;

/// <summary>How a student learns from a teacher.</summary>
public sealed record DistillationOptions
{
    /// <summary>Gets T: scores are divided by it before softmax, in KL only. Above 1 the teacher tells more about the wrong classes.</summary>
    /// <value>Greater than 0; 4 without.</value>
    public double Temperature { get; init => field = Guard.Positive(value, nameof(Temperature)); } = 4;

    /// <summary>Gets α: how much the teacher counts, beside 1 − α for the labels. Without labels it counts as 1.</summary>
    /// <value>In [0, 1]; 0.7 without.</value>
    public double Alpha { get; init => field = Guard.Share(value, nameof(Alpha)); } = 0.7;

    /// <summary>Gets epochs, batches, schedule, early stopping and the seed.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Gets how gradients become steps; Adam when null.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>Gets a value indicating whether the same student is also trained on the labels alone, from the same first weights with the same seed: the only fair measure of what the teacher brought.</summary>
    /// <value>True without. Without labels there is nothing to compare with.</value>
    public bool CompareWithoutTeacher { get; init; } = true;
}
