using System.Collections.Concurrent;
using MlOps.Grading.Exercises;
using MlOps.Grading.Gradebooks;
using MlOps.Grading.Results;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Running;

/// <summary>Grades a class: every submission, every week, several at the same time.</summary>
/// <remarks>A result is stored as soon as it is there. A later run keeps it unless the submission, a test, an answer or a library has
/// changed, so a killed run goes on where it was. The order in which submissions finish changes nothing in the results.</remarks>
public static class ClassGrading
{
    /// <summary>Grades.</summary>
    /// <param name="course">The course.</param>
    /// <param name="submissions">The class.</param>
    /// <param name="store">Where results are kept.</param>
    /// <param name="options">Which part of the class, which weeks.</param>
    /// <param name="progress">Told after every submission; may be null.</param>
    /// <param name="cancellationToken">Stops after the exercises that are running; what is done is stored.</param>
    /// <returns>All results there are now, those of other parts included, by student and week.</returns>
    /// <exception cref="ArgumentException">There is no such week, or the part is none of the parts.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<IReadOnlyList<SubmissionResult>> GradeAsync(
        ExerciseCourse course,
        IReadOnlyList<Submission> submissions,
        ResultStore store,
        GradeOptions options,
        IProgress<GradeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(submissions);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        Guard.AtLeast(options.Jobs, 1);
        Guard.AtLeast(options.Shards, 1);
        if (options.Shard < 1 || options.Shard > options.Shards)
        {
            throw new ArgumentException($"There is no part {options.Shard} of {options.Shards}; the first is 1.", nameof(options));
        }

        ExerciseWeek[] weeks = Weeks(course, submissions, options.Weeks);
        ILookup<bool, Submission> parts = submissions.Select((submission, place) => (submission, place))
            .ToLookup(pair => pair.place % options.Shards == options.Shard - 1, pair => pair.submission);
        Submission[] part = [.. parts[true]];
        int jobsEach = Math.Max(1, options.Jobs / Math.Max(1, part.Length)); // a small class still uses every core
        if (weeks.Length > 0)
        {
            ClassFiles.Warm(course, weeks[0]);
        }

        course.Compilers.AllowProcesses(Math.Min(options.Jobs, part.Length));
        var results = new ConcurrentBag<SubmissionResult>();
        int done = 0;
        int kept = 0;
        await Task.Factory.StartNew(() => Workers.Run(part.Length, options.Jobs, GradeOne, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        foreach (Submission other in parts[false])
        {
            foreach (ExerciseWeek week in weeks)
            {
                if (store.TryRead(other, week.Number, course.Fingerprint, out SubmissionResult? result))
                {
                    results.Add(result);
                }
            }
        }

        return [.. results.OrderBy(result => result.Student, StringComparer.Ordinal).ThenBy(result => result.Week)];

        void GradeOne(int place)
        {
            Submission submission = part[place];
            bool allKept = true;
            foreach (ExerciseWeek week in weeks)
            {
                if (!store.TryRead(submission, week.Number, course.Fingerprint, out SubmissionResult? result))
                {
                    result = Grade(course, submission, week, jobsEach, cancellationToken); // cancelled on the way, nothing of it is stored
                    store.Write(submission, course.Fingerprint, result);
                    allKept = false;
                }

                results.Add(result);
            }

            int over = Interlocked.Increment(ref done);
            progress?.Report(new GradeProgress(over, part.Length, allKept ? Interlocked.Increment(ref kept) : Volatile.Read(ref kept)));
        }
    }

    private static ExerciseWeek[] Weeks(ExerciseCourse course, IReadOnlyList<Submission> submissions, IReadOnlyList<int>? wanted)
    {
        if (wanted?.FirstOrDefault(number => course.Catalog.Weeks.All(week => week.Number != number)) is int missing and not 0)
        {
            throw new ArgumentException($"Week {missing} has no exercises. There are: {string.Join(", ", course.Catalog.Weeks.Select(week => week.Number))}.", nameof(wanted));
        }

        ExerciseWeek[] chosen = [.. course.Catalog.Weeks.Where(week => wanted?.Contains(week.Number) ?? submissions.Any(submission => week.Exercises.Any(exercise => IsThere(submission, exercise))))];
        return chosen.Length > 0 ? chosen : [.. course.Catalog.Weeks]; // nobody handed in anything: that is a grade too
    }

    private static bool IsThere(Submission submission, Exercise exercise) =>
        submission.Find(exercise, out string? problem) is not null || problem is not null;

    private static SubmissionResult Grade(ExerciseCourse course, Submission submission, ExerciseWeek week, int jobs, CancellationToken stop)
    {
        ExerciseResult[] graded = new ExerciseResult[week.Exercises.Count];
        if (jobs > 1)
        {
            Workers.Run(graded.Length, jobs, i => graded[i] = Grade(course, submission, week, week.Exercises[i], shared: null), stop);
        }
        else
        {
            using var shared = new SharedProcesses();
            for (int i = 0; i < graded.Length; i++)
            {
                stop.ThrowIfCancellationRequested();
                graded[i] = Grade(course, submission, week, week.Exercises[i], shared);
            }
        }

        return new SubmissionResult(submission.Student, week.Number, graded) { Notes = submission.Notes };
    }

    private static ExerciseResult Grade(ExerciseCourse course, Submission submission, ExerciseWeek week, Exercise exercise, SharedProcesses? shared)
    {
        SubmittedFile? file = submission.Find(exercise, out string? problem);
        if ((problem ?? file?.Problem) is { } unreadable)
        {
            return ExerciseGrader.Unreadable(course, exercise, unreadable, TestSelection.All);
        }

        try
        {
            string? source = file?.Bytes is { } bytes ? SourceText.Decode(bytes) : null;
            return ExerciseGrader.Grade(course, exercise, source, File.ReadAllText(week.StarterOf(exercise)), TestSelection.All, shared);
        }
        catch (InvalidDataException e)
        {
            return ExerciseGrader.Unreadable(course, exercise, e.Message, TestSelection.All);
        }
    }
}
