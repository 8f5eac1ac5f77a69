using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Quantization.Distillation;

/// <summary>Learns a multi-layer perceptron from labels and from a teacher that has judged the same rows: the student at the end of a <see cref="Learning.Preprocessing.Pipeline"/>.</summary>
/// <param name="teacher">The teacher's scores, a row for each that <see cref="Fit"/> is given, in the same order.</param>
/// <param name="options">Hidden layers, epochs, seed; <see cref="MlpOptions"/> as they are when null.</param>
/// <param name="loss">Temperature and α; 4 and 0.7 when null.</param>
internal sealed class DistilledMlp(TeacherScores teacher, MlpOptions? options = null, DistillationLoss? loss = null) : IClassifierEstimator
{
    private readonly TeacherScores _teacher = teacher ?? throw new ArgumentNullException(nameof(teacher));
    private readonly DistillationLoss _loss = loss ?? new DistillationLoss(4, 0.7);
    private readonly MlpClassifier _student = new(options);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The teacher has judged another number of rows or knows other classes; weights were given, for which distillation has no use.</exception>
    public IClassifier Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (_teacher.Count != x.RowCount)
        {
            throw new ArgumentException($"The teacher has judged {_teacher.Count} rows; the student gets {x.RowCount}.", nameof(x));
        }

        return weights is null
            ? _student.Distil(x, y, _teacher.InOrder(y.Classes).Scores, _loss, progress, cancellationToken)
            : throw new ArgumentException("A distilled student has no weights for rows.", nameof(weights));
    }
}
