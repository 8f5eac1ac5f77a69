using MlOps.Data;

namespace MlOps.Quantization.Distillation;

/// <summary>The loss of one distilled sample, step by step, as one computes it by hand.</summary>
/// <remarks>
/// <c>pₜ = softmax(zₜ / T)</c>, <c>pₛ = softmax(zₛ / T)</c>, <c>KL = Σ_c pₜ[c] · ln(pₜ[c] / pₛ[c])</c>, <c>CE = −ln softmax(zₛ)[label]</c>,
/// <c>L = α · T² · KL + (1 − α) · CE</c>, all in nats. The teacher stands first in KL(pₜ ‖ pₛ): only so is its gradient, <c>pₛ − pₜ</c>, that of the cross-entropy
/// with the teacher's probabilities as labels, which is what Hinton et al. minimise. Texts that print KL(pₛ ‖ pₜ) above code that calls PyTorch's
/// <c>kl_div(log pₛ, pₜ)</c> have the arguments swapped in print; the code computes the value given here. <see cref="Learning.Neural.DistillationLoss"/> is
/// the same loss over batches, for training.
/// <para>Source: G. Hinton, O. Vinyals, J. Dean, "Distilling the Knowledge in a Neural Network", arXiv:1503.02531 (2015).</para>
/// </remarks>
/// <param name="TeacherScores">zₜ, K outputs of the teacher before softmax.</param>
/// <param name="StudentScores">zₛ, K outputs of the student before softmax.</param>
/// <param name="Label">The true class, 0 to K − 1.</param>
/// <param name="Temperature">T &gt; 0.</param>
/// <param name="Alpha">α in [0, 1]: 0 is the label alone, 1 the teacher alone.</param>
/// <param name="SoftTeacher">pₜ, K probabilities.</param>
/// <param name="SoftStudent">pₛ, K probabilities.</param>
/// <param name="Divergence">KL(pₜ ‖ pₛ) ≥ 0 in nats; 0 where the student says what the teacher says.</param>
/// <param name="HardLoss">CE ≥ 0 in nats, at temperature 1.</param>
public sealed record DistillationTerms(
    IReadOnlyList<double> TeacherScores,
    IReadOnlyList<double> StudentScores,
    int Label,
    double Temperature,
    double Alpha,
    IReadOnlyList<double> SoftTeacher,
    IReadOnlyList<double> SoftStudent,
    double Divergence,
    double HardLoss)
{
    /// <summary>Gets <c>α · T² · KL</c>: T² undoes that the gradient of KL shrinks with 1 / T².</summary>
    public double SoftPart => Alpha * Temperature * Temperature * Divergence;

    /// <summary>Gets <c>(1 − α) · CE</c>.</summary>
    public double HardPart => (1 - Alpha) * HardLoss;

    /// <summary>Gets L.</summary>
    public double Loss => SoftPart + HardPart;

    /// <summary>Computes every term of one sample.</summary>
    /// <param name="teacherScores">zₜ, K ≥ 2 finite scores.</param>
    /// <param name="studentScores">zₛ, as many.</param>
    /// <param name="label">The true class, 0 to K − 1.</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="alpha">α in [0, 1].</param>
    /// <exception cref="ArgumentException">There are fewer than two classes, or not as many scores of both.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A score is not finite, T is not above 0, α is outside [0, 1], or there is no such class.</exception>
    public static DistillationTerms Of(ReadOnlySpan<double> teacherScores, ReadOnlySpan<double> studentScores, int label, double temperature = 4, double alpha = 0.7)
    {
        if (teacherScores.Length != studentScores.Length || teacherScores.Length < 2)
        {
            throw new ArgumentException($"Teacher and student need a score for each of the same classes, at least 2; got {teacherScores.Length} and {studentScores.Length}.", nameof(studentScores));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, teacherScores.Length);
        Guard.Positive(temperature);
        Guard.Share(alpha);
        double[] logTeacher = LogSoftmax(teacherScores, temperature, nameof(teacherScores));
        double[] logStudent = LogSoftmax(studentScores, temperature, nameof(studentScores));
        double divergence = 0;
        for (int c = 0; c < logTeacher.Length; c++)
        {
            double p = Math.Exp(logTeacher[c]);
            divergence += p == 0 ? 0 : p * (logTeacher[c] - logStudent[c]); // a class the teacher rules out counts 0, not 0 · ln 0
        }

        double hard = -LogSoftmax(studentScores, 1, nameof(studentScores))[label];
        return new DistillationTerms(
            teacherScores.ToArray(), studentScores.ToArray(), label, temperature, alpha, Array.ConvertAll(logTeacher, Math.Exp), Array.ConvertAll(logStudent, Math.Exp), divergence, hard);
    }

    /// <summary>A row a class: both scores, both soft probabilities, and what the class adds to KL.</summary>
    public Table ToTable() => new(
        Column.Of("class", Enumerable.Range(0, SoftTeacher.Count).Select(c => (long)c).ToArray()),
        Column.Of("teacher score", TeacherScores.ToArray()),
        Column.Of("student score", StudentScores.ToArray()),
        Column.Of("teacher at T", SoftTeacher.ToArray()),
        Column.Of("student at T", SoftStudent.ToArray()),
        Column.Of("adds to KL", SoftTeacher.Zip(SoftStudent, (p, q) => p == 0 ? 0 : p * Math.Log(p / q)).ToArray()));

    /// <summary>Returns how a notebook shows it: the table and the three lines below it.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = ToTable().ToMimeBundle()["text/html"] + TextBundle.Html(Lines()),
        ["text/plain"] = ToString(),
    };

    /// <summary>Writes the table and, below it, KL, CE and the loss with the numbers put in.</summary>
    public override string ToString() => $"{ToTable()}\n{Lines()}";

    private string Lines() => FormattableString.Invariant($"""
        KL(teacher ‖ student) = {Divergence:0.######} nats, at T = {Temperature:0.####}
        CE of class {Label} = {HardLoss:0.######} nats
        L = {Alpha:0.####} · {Temperature:0.####}² · {Divergence:0.######} + {1 - Alpha:0.####} · {HardLoss:0.######} = {SoftPart:0.######} + {HardPart:0.######} = {Loss:0.######}
        """);

    /// <summary>z / T − ln Σ e^(z / T), shifted by the largest score so that nothing overflows.</summary>
    private static double[] LogSoftmax(ReadOnlySpan<double> scores, double temperature, string name)
    {
        double largest = double.NegativeInfinity;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, Guard.Finite(score, name));
        }

        double sum = 0;
        foreach (double score in scores)
        {
            sum += Math.Exp((score - largest) / temperature);
        }

        var logs = new double[scores.Length];
        for (int c = 0; c < logs.Length; c++)
        {
            logs[c] = ((scores[c] - largest) / temperature) - Math.Log(sum);
        }

        return logs;
    }
}
