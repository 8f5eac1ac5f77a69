using System.Collections.Concurrent;
using MlOps.Grading.Compiler;

namespace MlOps.Grading.Compiling;

/// <summary>The compiling processes of a grading. Thread-safe.</summary>
/// <remarks>A compiler needs most of a second to get going, and then milliseconds a file. So a few files share one process, and only a
/// class is worth more of them.</remarks>
internal sealed class CompilerPool
{
    private readonly Lock _gate = new();

    // A place without a process yet, or whose process a file has ended, holds null.
    private readonly BlockingCollection<CompilerProcess?> _places = [];
    private int _count;

    /// <summary>Starts the first process, which then compiles a sample, so that the first file finds it warm.</summary>
    internal CompilerPool()
    {
        _count = 1;
        _places.Add(new CompilerProcess());
    }

    /// <summary>Allows so many processes at the same time; each is started when it is first needed.</summary>
    internal void AllowProcesses(int count)
    {
        lock (_gate)
        {
            for (; _count < count; _count++)
            {
                _places.Add(null);
            }
        }
    }

    /// <summary>Compiles, as soon as a process is free.</summary>
    internal CompiledExercise Compile(string file, string source, IReadOnlyList<string> libraries)
    {
        CompilerProcess? compiler = _places.Take();
        try
        {
            compiler ??= new CompilerProcess();
            return compiler.Compile(file, source, libraries);
        }
        finally
        {
            if (compiler?.HasEnded == true)
            {
                compiler.Dispose();
                compiler = null;
            }

            _places.Add(compiler);
        }
    }
}
