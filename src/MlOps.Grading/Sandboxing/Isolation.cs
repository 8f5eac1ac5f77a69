namespace MlOps.Grading.Sandboxing;

/// <summary>The ways to start the host, from strongest to weakest.</summary>
internal enum Isolation
{
    /// <summary>Linux with bubblewrap: own view of files, processes, network.</summary>
    Bubblewrap,

    /// <summary>Linux without it: limits and the filter of system calls.</summary>
    Limits,

    /// <summary>Other systems: a process that is killed when its time is up.</summary>
    Plain,
}
