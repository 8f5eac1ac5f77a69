using System.Globalization;
using MlOps.Charts;

namespace MlOps.Quantization.Distillation;

/// <summary>A student, its teacher, and the same student without a teacher, on the same rows.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Agreement">Share of rows where the student names the teacher's class, in [0, 1].</param>
/// <param name="TeacherAccuracy">Share of rows where the teacher is right; null without labels.</param>
/// <param name="StudentAccuracy">Share of rows where the student is right; null without labels.</param>
/// <param name="AloneAccuracy">Share of rows where the student without a teacher is right; null if there is none.</param>
/// <param name="OnlyWithTeacher">Rows where only the student with a teacher is right.</param>
/// <param name="OnlyAlone">Rows where only the student without one is right.</param>
public sealed record StudentComparison(int Rows, double Agreement, double? TeacherAccuracy, double? StudentAccuracy, double? AloneAccuracy, int OnlyWithTeacher, int OnlyAlone)
{
    private const double TwoSided95 = 1.96; // normal quantile of McNemar's test

    /// <summary>Compares answers.</summary>
    /// <param name="teacher">The teacher's class of each of n ≥ 1 rows.</param>
    /// <param name="student">The student's.</param>
    /// <param name="alone">That of the student without a teacher; null if there is none.</param>
    /// <param name="truth">The true classes; null if nobody knows.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there is no row.</exception>
    public static StudentComparison Of(IReadOnlyList<int> teacher, IReadOnlyList<int> student, IReadOnlyList<int>? alone = null, IReadOnlyList<int>? truth = null)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(student);
        int n = teacher.Count;
        if (n == 0 || student.Count != n || (alone?.Count ?? n) != n || (truth?.Count ?? n) != n)
        {
            throw new ArgumentException($"Each of at least 1 row needs every answer: {n} of the teacher, {student.Count} of the student, {alone?.Count ?? n} of the one without teacher, {truth?.Count ?? n} true ones.", nameof(student));
        }

        double Right(IReadOnlyList<int> answers, IReadOnlyList<int> wanted) => (double)Enumerable.Range(0, n).Count(i => answers[i] == wanted[i]) / n;
        int Only(IReadOnlyList<int> one, IReadOnlyList<int> other) => Enumerable.Range(0, n).Count(i => one[i] == truth![i] && other[i] != truth[i]);
        bool both = alone is not null && truth is not null;
        return new StudentComparison(
            n,
            Right(student, teacher),
            truth is null ? null : Right(teacher, truth),
            truth is null ? null : Right(student, truth),
            both ? Right(alone!, truth!) : null,
            both ? Only(student, alone!) : 0,
            both ? Only(alone!, student) : 0);
    }

    /// <summary>Gets what the teacher brought, in one sentence; a difference that chance makes in more than 1 of 20 cases (McNemar's test) is called none.</summary>
    /// <remarks>Source: Q. McNemar, "Note on the Sampling Error of the Difference between Correlated Proportions", Psychometrika 12 (1947).</remarks>
    public string Verdict
    {
        get
        {
            if (AloneAccuracy is not { } alone || StudentAccuracy is not { } taught)
            {
                return string.Create(CultureInfo.InvariantCulture, $"The student names the teacher's class in {Agreement:P1} of {Rows:N0} rows; what the teacher brought was not measured.");
            }

            int differ = OnlyWithTeacher + OnlyAlone;
            double z = differ == 0 ? 0 : (OnlyWithTeacher - OnlyAlone) / Math.Sqrt(differ);
            string counts = string.Create(CultureInfo.InvariantCulture, $"right only with it in {OnlyWithTeacher:N0} rows, only without it in {OnlyAlone:N0}, of {Rows:N0}");
            string points = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(taught - alone) * 100:0.0}");
            return z > TwoSided95 ? $"The teacher made the student {points} points better: {counts}."
                : z < -TwoSided95 ? $"The teacher made the student {points} points WORSE: {counts}. Train without it, or with another temperature or alpha."
                : $"The teacher brought nothing that these rows can show ({(taught >= alone ? "+" : "−")}{points} points): {counts}.";
        }
    }

    /// <summary>Draws the three accuracies; without labels the agreement alone.</summary>
    public Figure Chart()
    {
        (string Name, double? Value)[] bars = TeacherAccuracy is null
            ? [("agreement with the teacher", Agreement)]
            : [("teacher", TeacherAccuracy), ("student with teacher", StudentAccuracy), ("student alone", AloneAccuracy)];
        var shown = bars.Where(bar => bar.Value is not null).ToArray();
        string title = StudentAccuracy is { } taught
            ? string.Create(CultureInfo.InvariantCulture, $"The student is right in {taught:P1} of the rows, the teacher in {TeacherAccuracy:P1}")
            : string.Create(CultureInfo.InvariantCulture, $"The student says what the teacher says in {Agreement:P1} of the rows");
        return Charts.Chart.HorizontalBar(Array.ConvertAll(shown, bar => bar.Name), Array.ConvertAll(shown, bar => 100 * bar.Value!.Value))
            .Titled(title, string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows; same first weights, same seed"))
            .XAxis(TeacherAccuracy is null ? "rows with the teacher's class" : "rows classified rightly", "%", 0, 108); // room for the number behind a bar
    }

    /// <summary>Returns how a notebook shows it.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    /// <summary>Writes a line a model and the verdict.</summary>
    public override string ToString()
    {
        var lines = new List<string>();
        void Line(string name, double? accuracy)
        {
            if (accuracy is { } share)
            {
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{name,-22}{share,8:P1} right"));
            }
        }

        Line("teacher", TeacherAccuracy);
        Line("student with teacher", StudentAccuracy);
        Line("student alone", AloneAccuracy);
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{"agreement",-22}{Agreement,8:P1} of {Rows:N0} rows"));
        lines.Add(Verdict);
        return string.Join('\n', lines);
    }
}
