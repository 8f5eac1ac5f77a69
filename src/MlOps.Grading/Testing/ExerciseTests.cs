namespace MlOps.Grading.Testing;

/// <summary>What all tests of exercises share: they look at one student's exercise, whichever is under test.</summary>
/// <remarks>On <c>./mlops check</c> and <c>./mlops grade</c> that is a student's file. Under <c>dotnet test</c> it is the reference
/// solution, or the file in <c>exercises/</c> where there are no solutions.</remarks>
public abstract class ExerciseTests : IDisposable
{
    private readonly bool _ownsSubject;

    /// <summary>Finds the exercise under test.</summary>
    protected ExerciseTests()
    {
        _ownsSubject = ExerciseSubject.Current is null;
        Subject = ExerciseSubject.Current ?? ReferenceSubjects.Of(GetType());
    }

    internal ExerciseSubject Subject { get; }

    /// <summary>Ends the process of a reference solution; a grading ends that of a student itself.</summary>
    public void Dispose()
    {
        if (_ownsSubject)
        {
            Subject.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
