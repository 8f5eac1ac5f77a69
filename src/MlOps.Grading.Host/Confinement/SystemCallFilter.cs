using System.Runtime.InteropServices;

namespace MlOps.Grading.Host.Confinement;

/// <summary>A seccomp filter that the host puts on itself, for all its threads and for good, before it loads any foreign code.</summary>
/// <remarks>
/// With it no process can be started (so there is no fork bomb, not even for root), no signal sent to another process, no socket
/// opened, no limit raised. Refused calls fail with "operation not permitted". <c>clone3</c> fails with "not implemented", because
/// its flags lie in memory where a filter cannot look; the C library then uses <c>clone</c>, which is allowed for threads.
/// </remarks>
internal static class SystemCallFilter
{
    private const uint Allow = 0x7fff0000; // SECCOMP_RET_ALLOW
    private const uint Errno = 0x00050000; // SECCOMP_RET_ERRNO
    private const uint NotPermitted = Errno | 1;
    private const uint NotImplemented = Errno | 38;
    private const uint ThreadFlag = 0x00010000; // CLONE_THREAD
    private const uint PushKeys = 0x5412; // TIOCSTI: types into the terminal
    private const uint Console = 0x541C; // TIOCLINUX

    private const uint AuditX64 = 0xC000003E;
    private const uint AuditArm64 = 0xC00000B7;
    private const uint X32Bit = 0x40000000; // the x32 calls of an x64 kernel have numbers of their own

    private const int NumberOffset = 0;
    private const int ArchitectureOffset = 4;

    private const ushort Load = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private const ushort JumpEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort JumpAtLeast = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    private const ushort JumpAnyBit = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    private const ushort Return = 0x06; // BPF_RET | BPF_K

    /// <summary>Installs the filter; false where this system has none.</summary>
    internal static unsafe bool Install()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            return false;
        }

        const int setModeFilter = 1;
        const int allThreads = 1; // SECCOMP_FILTER_FLAG_TSYNC: the runtime has threads already
        bool arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        ulong[] program = Build(arm, Environment.ProcessId);
        fixed (ulong* instructions = program)
        {
            ulong* header = stackalloc ulong[2];
            header[0] = (ulong)program.Length;
            header[1] = (ulong)instructions;
            return LibC.Prctl(LibC.SetNoNewPrivileges, 1, 0, 0, 0) == 0
                && LibC.Syscall(SystemCallNumbers.Of("seccomp", arm), setModeFilter, allThreads, (nint)header) == 0;
        }
    }

    /// <summary>The filter's instructions, 8 bytes each, in the layout of <c>struct sock_filter</c>.</summary>
    internal static ulong[] Build(bool arm, int ownProcess)
    {
        List<ulong> program = new(160);
        void Add(ushort code, uint value, byte ifTrue = 0, byte ifFalse = 0) => program.Add(code | ((ulong)ifTrue << 16) | ((ulong)ifFalse << 24) | ((ulong)value << 32));
        void Special(string name, Action body)
        {
            int at = program.Count;
            program.Add(0);
            body();
            program[at] = JumpEqual | ((ulong)(program.Count - at - 1) << 24) | ((ulong)SystemCallNumbers.Of(name, arm) << 32);
        }

        Add(Load, ArchitectureOffset);
        Add(JumpEqual, arm ? AuditArm64 : AuditX64, ifTrue: 1);
        Add(Return, NotPermitted);
        Add(Load, NumberOffset);
        if (!arm)
        {
            Add(JumpAtLeast, X32Bit, ifFalse: 1);
            Add(Return, NotPermitted);
        }

        Special("clone3", () => Add(Return, NotImplemented));
        Special("clone", () =>
        {
            Add(Load, Argument(0));
            Add(JumpAnyBit, ThreadFlag, ifTrue: 1);
            Add(Return, NotPermitted);
            Add(Return, Allow);
        });
        Special("tgkill", () => // the runtime stops and resumes its own threads with it
        {
            Add(Load, Argument(0));
            Add(JumpEqual, (uint)ownProcess, ifTrue: 1);
            Add(Return, NotPermitted);
            Add(Return, Allow);
        });
        Special("prlimit64", () => // reading is allowed: no pointer to a new limit
        {
            Add(Load, Argument(2));
            Add(JumpEqual, 0, ifTrue: 1);
            Add(Return, NotPermitted);
            Add(Load, Argument(2) + 4);
            Add(JumpEqual, 0, ifTrue: 1);
            Add(Return, NotPermitted);
            Add(Return, Allow);
        });
        Special("prctl", () =>
        {
            Add(Load, Argument(0));
            Add(JumpEqual, LibC.SetParentDeathSignal, ifFalse: 1);
            Add(Return, NotPermitted);
            Add(Return, Allow);
        });
        Special("ioctl", () =>
        {
            Add(Load, Argument(1));
            Add(JumpEqual, PushKeys, ifTrue: 1);
            Add(JumpEqual, Console, ifFalse: 1);
            Add(Return, NotPermitted);
            Add(Return, Allow);
        });

        int[] refused = Numbers(arm);
        for (int i = 0; i < refused.Length; i++)
        {
            Add(JumpEqual, (uint)refused[i], ifTrue: (byte)(refused.Length - i)); // to the refusal at the end: fewer than 256 away
        }

        Add(Return, Allow);
        Add(Return, NotPermitted);
        return [.. program];
    }

    private static int[] Numbers(bool arm)
    {
        List<int> numbers = new(SystemCallNumbers.Refused.Length); // no LINQ: it would be one more library to load at every start
        foreach ((_, int x64, int arm64) in SystemCallNumbers.Refused)
        {
            int number = arm ? arm64 : x64;
            if (number >= 0)
            {
                numbers.Add(number);
            }
        }

        return [.. numbers];
    }

    /// <summary>Where the low half of an argument lies in <c>struct seccomp_data</c> (both architectures are little-endian).</summary>
    private static uint Argument(int index) => 16 + (8 * (uint)index);
}
