namespace MlOps.Kernel.Engine;

/// <summary>How a cell ended.</summary>
public enum CellStatus
{
    /// <summary>It ran to its end.</summary>
    Ok,

    /// <summary>It did not compile, or a directive in it is wrong: nothing of that part ran. A cell without directives has one part.</summary>
    CompileError,

    /// <summary>It threw. Names declared before that point have their new values, the others their old ones.</summary>
    Failed,

    /// <summary>It was interrupted and has stopped.</summary>
    Interrupted,

    /// <summary>It reached its time limit and was stopped.</summary>
    TimedOut,

    /// <summary>It was told to stop and still runs, in native code for example. Only ending the process ends it.</summary>
    Unstoppable,
}
