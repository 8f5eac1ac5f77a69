using System.Security.Cryptography;
using System.Text;
using MlOps.Grading.Exercises;

namespace MlOps.Grading.Submissions;

/// <summary>What one student handed in.</summary>
/// <param name="Student">The name of the student's folder or archive, exactly as it is on disk.</param>
/// <param name="Source">The folder or archive it came from, by its name inside the folder of submissions.</param>
/// <param name="Files">The files that could be an exercise, and C# files beside them, in ordinal order of their paths.</param>
/// <param name="Notes">What the instructor should know of the submission as a whole; one line each.</param>
public sealed record Submission(string Student, string Source, IReadOnlyList<SubmittedFile> Files, IReadOnlyList<string> Notes)
{
    /// <summary>Gets a name for this student's files: safe on every file system, and never a path or a reserved name.</summary>
    /// <remarks>Within one set no two keys are equal when case is ignored: of <c>Anna</c> and <c>anna</c> the second in ordinal order gets
    /// eight digits of the SHA-256 of its exact name. A name with characters outside plain ASCII always gets them.</remarks>
    public string Key { get; init; } = StudentKey.Of(Student);

    /// <summary>Gets the SHA-256 over the paths and bytes of all files, in hexadecimal; the order of the files and their times do not matter.</summary>
    public string Fingerprint
    {
        get
        {
            IEnumerable<string> lines = Files
                .Select(file => Digest(Encoding.Unicode.GetBytes(file.Path)) + (file.Bytes is null ? " unread " + Digest(Encoding.Unicode.GetBytes(file.Problem ?? "")) : " " + Digest(file.Bytes)))
                .Order(StringComparer.Ordinal);
            return Digest(Encoding.ASCII.GetBytes(string.Join('\n', lines)));
        }
    }

    /// <summary>Finds the file of an exercise.</summary>
    /// <remarks>
    /// In this order, the first that there is: in a folder of the exercise's week the exact name, then any <c>&lt;id&gt;-…</c> with the same
    /// extension, then any <c>&lt;id&gt;-…</c>, the latter two in any case; then the same three outside such a folder. Copies with equal bytes
    /// count as one. Of several in folders of the week, the one with the fewest folders above it is meant (<c>week12</c>, not <c>old/week12</c>).
    /// </remarks>
    /// <param name="exercise">The exercise.</param>
    /// <param name="problem">Why there is a file that cannot be graded; null if one is returned, and null if there is none at all.</param>
    /// <returns>A file whose bytes were read; null if the file is missing or has a problem.</returns>
    public SubmittedFile? Find(Exercise exercise, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(exercise);
        problem = null;
        foreach (bool inWeek in new[] { true, false })
        {
            SubmittedFile[] here = [.. Files.Where(file => (file.Week == exercise.Week) == inWeek)];
            SubmittedFile[] candidates = Candidates(here, exercise);
            if (candidates.Length == 0)
            {
                continue;
            }

            SubmittedFile[] meant = Distinct(inWeek ? Shallowest(candidates) : candidates);
            if (meant.Length > 1)
            {
                problem = $"There are {meant.Length} different files for {exercise.Id}: {string.Join(", ", meant.Select(file => SubmissionNames.Shown(file.Path)))}. Keep one.";
                return null;
            }

            problem = meant[0].Bytes is null ? meant[0].Problem : null;
            return meant[0].Bytes is null ? null : meant[0];
        }

        return null;
    }

    /// <summary>When a week was handed in: the newest time of that week's files, null if there are none.</summary>
    /// <remarks>This is what files and archives say, and their author can change it; copying or cloning changes it too. Where deadlines
    /// matter, take the times of the system that collected the work: <c>submitted.csv</c> wins over this.</remarks>
    public DateTimeOffset? SubmittedAt(int week)
    {
        string prefix = FormattableString.Invariant($"{week}.");
        DateTimeOffset[] times = [.. Files.Where(file => file.Modified != default && (file.Week ?? week) == week && (file.Week == week || file.Name.StartsWith(prefix, StringComparison.Ordinal))).Select(file => file.Modified)];
        return times.Length == 0 ? null : times.Max();
    }

    private static SubmittedFile[] Candidates(SubmittedFile[] files, Exercise exercise)
    {
        string extension = Path.GetExtension(exercise.File);
        SubmittedFile[] exact = [.. files.Where(file => file.Name == exercise.File)];
        SubmittedFile[] similar = [.. files.Where(file => file.Name.StartsWith(exercise.Id + "-", StringComparison.OrdinalIgnoreCase))];
        SubmittedFile[] sameKind = [.. similar.Where(file => Path.GetExtension(file.Name).Equals(extension, StringComparison.OrdinalIgnoreCase))];
        return exact.Length > 0 ? exact : sameKind.Length > 0 ? sameKind : similar;
    }

    private static SubmittedFile[] Shallowest(SubmittedFile[] files)
    {
        int fewest = files.Min(Depth);
        return [.. files.Where(file => Depth(file) == fewest)];
    }

    private static int Depth(SubmittedFile file) => file.Path.Count(c => c == '/');

    private static SubmittedFile[] Distinct(SubmittedFile[] files) =>
        [.. files.DistinctBy(file => file.Bytes is null ? file.Path + " " + file.Problem : Digest(file.Bytes))];

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
