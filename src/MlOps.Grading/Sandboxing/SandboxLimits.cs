namespace MlOps.Grading.Sandboxing;

/// <summary>What one process with a student's code may use. Where the system cannot enforce a limit, <see cref="Sandbox.NotIsolated"/> says so.</summary>
public sealed record SandboxLimits
{
    /// <summary>Gets the largest managed heap, in bytes. More throws <see cref="OutOfMemoryException"/> in the code.</summary>
    /// <value>Default: 256 MiB.</value>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Gets the largest address space, in bytes: heap, native memory, code, stacks. The runtime itself reserves about 1 GiB.</summary>
    /// <value>Default: 3 GiB.</value>
    public long AddressSpaceBytes { get; init; } = 3L << 30;

    /// <summary>Gets the processor time of the whole process, all its threads added; rounded up to seconds.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan CpuTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the longest file, and with bubblewrap the sum of all files, in bytes.</summary>
    /// <value>Default: 64 MiB.</value>
    public long FileBytes { get; init; } = 64L << 20;

    /// <summary>Gets how much of what the code prints is kept, in bytes. The rest is counted and dropped.</summary>
    /// <value>Default: 64 KiB.</value>
    public long OutputKept { get; init; } = 64L << 10;

    /// <summary>Gets how long one returned value may be, in bytes as JSON.</summary>
    /// <value>Default: 16 MiB.</value>
    public int ResultBytes { get; init; } = 16 << 20;
}
