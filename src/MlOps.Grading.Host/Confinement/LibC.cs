using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)] // not beside the assembly: one search less at start
[assembly: DisableRuntimeMarshalling] // lets ReadyToRun compile the calls below ahead of time

namespace MlOps.Grading.Host.Confinement;

/// <summary>The few calls of the C library that the host needs before it may hold foreign code.</summary>
internal static partial class LibC
{
    internal const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC
    internal const int SetParentDeathSignal = 1; // PR_SET_PDEATHSIG
    internal const int SetNoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS
    internal const int ReadWrite = 2; // O_RDWR
    internal const int SignalKill = 9;

    [LibraryImport("libc", EntryPoint = "fcntl")]
    internal static partial int Fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "dup")]
    internal static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    internal static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "open")]
    internal static unsafe partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "prctl")]
    internal static partial int Prctl(int option, nint value, nint unused3, nint unused4, nint unused5);

    [LibraryImport("libc", EntryPoint = "syscall")]
    internal static partial nint Syscall(nint number, nint operation, nint flags, nint argument);

    [LibraryImport("libc", EntryPoint = "setsid")]
    internal static partial int Setsid();

    [LibraryImport("libc", EntryPoint = "getppid")]
    internal static partial int Getppid();
}
