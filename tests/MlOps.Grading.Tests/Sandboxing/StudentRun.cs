using MlOps.Grading.Calling;
using MlOps.Grading.Sandboxing;

namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>Runs hostile code, then proves that nothing of it is left and that the next student is not harmed.</summary>
internal sealed class StudentRun : IDisposable
{
    /// <summary>Generous: a busy machine must not turn an answer into a timeout.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly Sandbox _sandbox;
    private readonly List<(int, string)> _processes = [];

    internal StudentRun(Sandbox sandbox, string source, TimeSpan? limit = null)
    {
        _sandbox = sandbox;
        Code = StudentCode.Start(sandbox, SourceCompiler.Compile(source), limit ?? s_limit);
    }

    internal StudentCode Code { get; }

    /// <summary>Calls <c>Work.Run()</c>, which must fail.</summary>
    internal StudentCodeException Fails() => Assert.Throws<StudentCodeException>(() => Code.Static<IWork>().Run());

    /// <summary>Calls <c>Work.Run()</c>, which must answer.</summary>
    internal string Answers() => Code.Static<IWork>().Run();

    /// <summary>Notes which processes there are now, to look for them later. The first call has been made, so there is one.</summary>
    internal void Watch() => _processes.AddRange(Code.ProcessId > 0 ? ProcessTree.Of(Code.ProcessId) : []);

    public void Dispose()
    {
        Watch();
        Code.Dispose();
        for (int i = 0; i < 100 && _processes.Exists(ProcessTree.IsAlive); i++)
        {
            Thread.Sleep(50); // the kernel ends a namespace's processes a moment after its first
        }

        Assert.DoesNotContain(_processes, ProcessTree.IsAlive);
        using StudentCode next = StudentCode.Start(_sandbox, SourceCompiler.Compile("public static class Work { public static string Run() => \"fine\"; }"), s_limit);
        Assert.Equal("fine", next.Static<IWork>().Run());
    }

    internal interface IWork
    {
        string Run();
    }
}
