namespace MlOps.Learning.Neural;

/// <summary>A student learns from the labels and from a teacher's scores: <c>l = α · T² · KL(p_teacher ‖ p_student) + (1 − α) · CE</c>. In nats.</summary>
/// <param name="Temperature">T &gt; 0: both probabilities in KL are the softmax of scores / T. Above 1 they tell more about the wrong classes.</param>
/// <param name="Alpha">α in [0, 1]: 0 is plain cross-entropy, 1 the teacher alone.</param>
/// <remarks>
/// T² keeps the size of the teacher's gradient when T changes. CE is the cross-entropy at temperature 1. Targets come from <see cref="Targets"/>.
/// <para>Source: G. Hinton, O. Vinyals, J. Dean, "Distilling the Knowledge in a Neural Network", arXiv:1503.02531 (2015).</para>
/// </remarks>
public sealed record DistillationLoss(double Temperature = 4, double Alpha = 0.5) : Loss
{
    private readonly CrossEntropy _labels = new();

    /// <summary>Gets T.</summary>
    public double Temperature { get; init; } = Guard.Positive(Temperature);

    /// <summary>Gets α.</summary>
    public double Alpha { get; init; } = Guard.Share(Alpha);

    /// <inheritdoc/>
    public override OutputActivation Activation => OutputActivation.Softmax;

    /// <summary>Targets of 2 · K values a sample: the K probabilities of the label, then the teacher's K scores.</summary>
    /// <param name="labels">n × K, as <see cref="Tensor.OneHot"/> makes them.</param>
    /// <param name="teacherScores">n × K outputs of the teacher, before softmax: <see cref="Network.Forward"/>.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Targets(Tensor labels, Tensor teacherScores)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(teacherScores);
        if (labels.Count != teacherScores.Count || labels.Shape != teacherScores.Shape)
        {
            throw new ArgumentException($"Each label needs the teacher's scores: {labels.Count} labels of {labels.Shape}, {teacherScores.Count} scores of {teacherScores.Shape}.", nameof(teacherScores));
        }

        int classes = labels.Shape.Size;
        var values = new float[2 * classes * labels.Count];
        for (int i = 0; i < labels.Count; i++)
        {
            labels[i].CopyTo(values.AsSpan(2 * classes * i));
            teacherScores[i].CopyTo(values.AsSpan((2 * classes * i) + classes));
        }

        return new Tensor(labels.Count, TensorShape.Vector(2 * classes), values);
    }

    /// <inheritdoc/>
    public override int TargetLength(int outputs) => 2 * _labels.TargetLength(outputs);

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient)
    {
        int classes = output.Length;
        ReadOnlySpan<float> teacher = target[classes..];
        double cross = _labels.Sample(output, target[..classes], gradient);
        double student = CrossEntropy.LogSumExp(output, Temperature);
        double normalizer = CrossEntropy.LogSumExp(teacher, Temperature);
        double divergence = 0;
        for (int c = 0; c < classes; c++)
        {
            double logTeacher = (teacher[c] / Temperature) - normalizer;
            double logStudent = (output[c] / Temperature) - student;
            double p = Math.Exp(logTeacher);
            divergence += p == 0 ? 0 : p * (logTeacher - logStudent);
            if (!gradient.IsEmpty)
            {
                gradient[c] = (float)(((1 - Alpha) * gradient[c]) + (Alpha * Temperature * (Math.Exp(logStudent) - p)));
            }
        }

        return (Alpha * Temperature * Temperature * divergence) + ((1 - Alpha) * cross);
    }

    /// <inheritdoc/>
    public override bool? IsCorrect(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => _labels.IsCorrect(output, target[..output.Length]);
}
