using MlOps.Learning.Neural;

namespace MlOps.Quantization.Distillation;

/// <summary>A student of a teacher that predicts numbers, and how far it is from both.</summary>
/// <remarks>
/// The loss is <c>α · (o − t)² + (1 − α) · (o − y)²</c> in the mean over outputs, o the student's number, t the teacher's, y the truth. Its gradient is that of the squared
/// distance to <c>α · t + (1 − α) · y</c>, which is what is trained on; both losses differ by a number that the student cannot change.
/// </remarks>
/// <param name="Student">The network.</param>
/// <param name="History">Its training.</param>
/// <param name="DistanceToTeacher">Root mean squared difference to the teacher on the measured samples, in the unit of the numbers.</param>
/// <param name="TeacherError">Root mean squared error of the teacher; null without the truth.</param>
/// <param name="StudentError">Root mean squared error of the student; null without the truth.</param>
/// <param name="AloneError">The same of a student trained on the truth alone, from the same first weights; null if none was trained.</param>
public sealed record RegressionDistillation(Network Student, TrainingHistory History, double DistanceToTeacher, double? TeacherError, double? StudentError, double? AloneError)
{
    /// <summary>Trains a student.</summary>
    /// <param name="student">Where to begin; as many outputs as the teacher.</param>
    /// <param name="x">n ≥ 1 samples.</param>
    /// <param name="teacher">The teacher's numbers, n × k.</param>
    /// <param name="truth">The true numbers, n × k; null if nobody knows: α is 1 then.</param>
    /// <param name="options">α, epochs, seed; the temperature is not used. As they are when null.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, a number is not finite, or the options ask for early stopping, for which there are no validation data.</exception>
    /// <exception cref="Learning.DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RegressionDistillation Fit(Network student, Tensor x, Tensor teacher, Tensor? truth = null, DistillationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(student);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(teacher);
        options ??= new DistillationOptions();
        if (x.Count == 0 || teacher.Count != x.Count || teacher.Shape != student.OutputShape || (truth is not null && (truth.Count != x.Count || truth.Shape != teacher.Shape)))
        {
            throw new ArgumentException($"Each of at least 1 sample needs {student.OutputShape} numbers of the teacher and of the truth: {x.Count} samples, {teacher.Count} × {teacher.Shape} of the teacher, {truth?.Count ?? x.Count} × {truth?.Shape ?? teacher.Shape} true ones.", nameof(teacher));
        }

        var trainer = new Trainer(new MeanSquaredError(), options.Optimizer, options.Training);
        TrainingResult taught = trainer.Fit(student, new TrainingData(x, Blend(teacher, truth, options.Alpha)), cancellationToken: cancellationToken);
        Tensor numbers = taught.Network.Predict(x);
        double? alone = truth is not null && options.CompareWithoutTeacher
            ? Distance(trainer.Fit(student, new TrainingData(x, truth), cancellationToken: cancellationToken).Network.Predict(x), truth)
            : null;
        return new RegressionDistillation(taught.Network, taught.History, Distance(numbers, teacher), truth is null ? null : Distance(teacher, truth), truth is null ? null : Distance(numbers, truth), alone);
    }

    /// <summary>Writes the errors.</summary>
    public override string ToString() => FormattableString.Invariant($"RMSE to the teacher {DistanceToTeacher:G4}; to the truth: teacher {TeacherError:G4}, student {StudentError:G4}, student alone {AloneError:G4}");

    private static Tensor Blend(Tensor teacher, Tensor? truth, double alpha)
    {
        if (truth is null)
        {
            return teacher;
        }

        var values = new float[teacher.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((alpha * teacher.Values[i]) + ((1 - alpha) * truth.Values[i]));
        }

        return new Tensor(teacher.Count, teacher.Shape, values);
    }

    private static double Distance(Tensor a, Tensor b)
    {
        double sum = 0;
        for (int i = 0; i < a.Values.Length; i++)
        {
            double difference = (double)a.Values[i] - b.Values[i];
            sum += difference * difference;
        }

        return Math.Sqrt(sum / a.Values.Length);
    }
}
