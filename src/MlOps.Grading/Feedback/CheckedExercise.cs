using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>One exercise of a check.</summary>
public sealed record CheckedExercise
{
    /// <summary>Joins an exercise and its result.</summary>
    /// <param name="exercise">What was asked.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="hintsOpened">How many hints the student has opened, one asked for just now included; more than there are counts as all.</param>
    /// <exception cref="ArgumentException">The result is that of another exercise.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hintsOpened"/> is negative.</exception>
    public CheckedExercise(Exercise exercise, ExerciseResult result, int hintsOpened = 0)
    {
        ArgumentNullException.ThrowIfNull(exercise);
        ArgumentNullException.ThrowIfNull(result);
        if (exercise.Id != result.Exercise)
        {
            throw new ArgumentException($"The result is that of exercise {result.Exercise}; exercise {exercise.Id} needs its own.", nameof(result));
        }

        Exercise = exercise;
        Result = result;
        HintsOpened = Math.Min(Guard.AtLeast(hintsOpened, 0), exercise.Hints.Count);
    }

    /// <summary>Gets what was asked.</summary>
    public Exercise Exercise { get; }

    /// <summary>Gets what became of it.</summary>
    public ExerciseResult Result { get; }

    /// <summary>Gets how many hints are open, at most as many as there are.</summary>
    public int HintsOpened { get; }

    /// <summary>Gets the points that the tests shown can bring; all the exercise's points where none could run, none for an essay without tests.</summary>
    public double PointsShown => Result.Tests.Count > 0 ? Result.Tests.Sum(test => test.Points) : Result.Status == ExerciseStatus.AwaitsMarks ? 0 : Result.Max;

    /// <summary>Gets the points that something later decides: tests that run on grading, or, for an essay, the instructor.</summary>
    public double PointsLater => Math.Max(0, Result.Max - PointsShown);

    internal bool Solved => Result.Status == ExerciseStatus.Graded && Result.Tests.Count > 0 && Result.Tests.All(test => test.Verdict == TestVerdict.Passed);
}
