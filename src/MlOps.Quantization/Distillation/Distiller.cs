using MlOps.Learning.Neural;

namespace MlOps.Quantization.Distillation;

/// <summary>Trains a small network, the student, on the scores of a large model, the teacher.</summary>
/// <remarks>
/// The loss is <see cref="DistillationLoss"/>: <c>α · T² · KL(teacher ‖ student) + (1 − α) · CE</c>. The teacher is asked once, before training
/// (<see cref="TeacherScores"/>), never in an epoch. Deterministic: equal seeds give equal weights on every machine and any number of threads.
/// </remarks>
/// <param name="options">Temperature, α, epochs, seed; as they are when null.</param>
/// <example><code>
/// DistillationData data = new(x, TeacherScores.Of(teacher, x), labels);
/// DistillationResult result = new Distiller().Distil(student, data, validation);
/// </code></example>
public sealed class Distiller(DistillationOptions? options = null)
{
    /// <summary>Gets the options.</summary>
    public DistillationOptions Options { get; } = options ?? new DistillationOptions();

    /// <summary>Trains a student. The network that is given stays as it is.</summary>
    /// <param name="student">Where to begin; a score a class as its last layer.</param>
    /// <param name="training">Samples with the teacher's scores.</param>
    /// <param name="validation">Samples that are never learned from, to measure on and to stop early with; the training samples are measured on when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1]: of the student, then of the one without teacher.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">Lengths or shapes do not fit, the student has another number of outputs than the teacher classes, a value is not finite, or the options ask for early stopping without validation.</exception>
    /// <exception cref="Learning.DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DistillationResult Distil(Network student, DistillationData training, DistillationData? validation = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(student);
        ArgumentNullException.ThrowIfNull(training);
        DistillationData data = training.Checked();
        DistillationData measured = validation is null ? data : InSameOrder(validation, data);
        if (student.OutputShape.Size != data.Teacher.ClassCount)
        {
            throw new ArgumentException($"The student has {student.OutputShape.Size} outputs; the teacher knows {data.Teacher.ClassCount} classes, and each needs a score.", nameof(student));
        }

        bool compare = Options.CompareWithoutTeacher && data.Labels is not null && measured.Labels is not null;
        double alpha = data.Labels is null ? 1 : Options.Alpha;
        TrainingResult taught = Trainer(new DistillationLoss(Options.Temperature, alpha)).Fit(
            student, data.ForStudent(), validation is null ? null : measured.ForStudent(), Share(progress, 0, compare ? 2 : 1), cancellationToken);
        Network? alone = compare
            ? Trainer(new CrossEntropy()).Fit(student, new TrainingData(data.X, data.Labels!), validation is null ? null : new TrainingData(measured.X, measured.Labels!), Share(progress, 1, 2), cancellationToken).Network
            : null;
        StudentComparison comparison = StudentComparison.Of(measured.Teacher.Codes(), taught.Network.Classify(measured.X), alone?.Classify(measured.X), measured.Labels?.Codes.ToArray());
        return new DistillationResult(taught.Network, taught.History, comparison, alone, validation is not null, Options.Temperature, alpha, data.Teacher.Parameters);
    }

    /// <summary>Validation rows with the classes in the order of the training rows, also where only one of both has labels.</summary>
    private static DistillationData InSameOrder(DistillationData validation, DistillationData training)
    {
        DistillationData own = validation.Checked();
        IReadOnlyList<string>? classes = training.Labels?.Classes ?? training.Teacher.Classes;
        if (own.Labels is not null && classes is not null && !own.Labels.Classes.SequenceEqual(classes, StringComparer.Ordinal))
        {
            throw new ArgumentException($"Training and validation need the same classes in the same order: {string.Join(", ", classes)}; got {string.Join(", ", own.Labels.Classes)}.", nameof(validation));
        }

        return own.Teacher.ClassCount != training.Teacher.ClassCount
            ? throw new ArgumentException($"The teacher gives {training.Teacher.ClassCount} scores in training and {own.Teacher.ClassCount} in validation.", nameof(validation))
            : classes is null ? own : own with { Teacher = own.Teacher.InOrder(classes) };
    }

    private Trainer Trainer(Loss loss) => new(loss, Options.Optimizer, Options.Training);

    private static IProgress<EpochRecord>? Share(IProgress<double>? progress, int part, int parts) => progress is null ? null : new PartDone(progress, part, parts);

    private sealed class PartDone(IProgress<double> progress, int part, int parts) : IProgress<EpochRecord>
    {
        public void Report(EpochRecord value) => progress.Report((part + ((double)value.Epoch / value.Epochs)) / parts);
    }
}
