using MlOps.Grading.Calling;
using MlOps.Grading.Sandboxing;

namespace MlOps.Grading.Running;

/// <summary>The processes that the exercises of one submission use one after the other: one for each set of libraries.</summary>
/// <remarks>Full marks earned here count. Everything else is found again in a process of its own (see <see cref="ExerciseGrader"/>),
/// so what one exercise leaves behind can cost another one nothing. Not thread-safe.</remarks>
internal sealed class SharedProcesses : IDisposable
{
    private readonly Dictionary<string, StudentCode> _last = new(StringComparer.Ordinal);

    internal StudentCode Start(Sandbox sandbox, StudentAssembly assembly, TimeSpan callLimit)
    {
        string libraries = string.Join('\n', assembly.LibraryPaths);
        StudentCode? last = _last.GetValueOrDefault(libraries);
        if (last?.CanGoOn == true)
        {
            return _last[libraries] = last.GoOnWith(sandbox, assembly, callLimit);
        }

        last?.Dispose();
        return _last[libraries] = StudentCode.Start(sandbox, assembly, callLimit);
    }

    public void Dispose()
    {
        foreach (StudentCode code in _last.Values)
        {
            code.Dispose();
        }
    }
}
