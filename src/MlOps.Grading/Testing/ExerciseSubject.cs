using MlOps.Grading.Answers;
using MlOps.Grading.Calling;
using MlOps.Grading.Exercises;

namespace MlOps.Grading.Testing;

/// <summary>One student's exercise while its tests run.</summary>
internal sealed class ExerciseSubject(Exercise exercise, string text, IReadOnlyDictionary<string, string> typeOfMember, AnswerKey answers, Func<StudentCode> start) : IDisposable
{
    private static readonly AsyncLocal<ExerciseSubject?> s_current = new();
    private StudentCode? _code;

    /// <summary>Gets or sets what the tests of this flow of control look at. Gradings in parallel do not see each other's.</summary>
    internal static ExerciseSubject? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    internal Exercise Exercise => exercise;

    internal string Text => text;

    /// <summary>Gets the student's type that declares each property and field.</summary>
    internal IReadOnlyDictionary<string, string> TypeOfMember => typeOfMember;

    internal AnswerKey Answers => answers;

    /// <summary>Gets the student's process; a new one if there is none yet or the last one ended.</summary>
    internal StudentCode Code
    {
        get
        {
            if (_code is null or { HasEnded: true })
            {
                _code?.Dispose();
                _code = start();
            }

            return _code;
        }
    }

    /// <summary>Gets the student's process, if one was started.</summary>
    internal StudentCode? Started => _code;

    /// <summary>Gets a value indicating whether the next call would be the first of its process.</summary>
    internal bool IsFresh => _code is null or { HasEnded: true } or { HasServed: false };

    /// <summary>Ends the process, so that the next test begins with a new one.</summary>
    internal void Restart()
    {
        _code?.Dispose();
        _code = null;
    }

    public void Dispose() => Restart();
}
