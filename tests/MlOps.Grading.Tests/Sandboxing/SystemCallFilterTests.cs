using System.Globalization;
using System.Text.RegularExpressions;
using MlOps.Grading.Host.Confinement;

namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>The filter's program, run here by a small interpreter of the few instructions it uses.</summary>
public sealed partial class SystemCallFilterTests
{
    private const uint Allow = 0x7fff0000;
    private const uint NotPermitted = 0x00050001;
    private const uint NotImplemented = 0x00050026;
    private const uint X64 = 0xC000003E; // AUDIT_ARCH_X86_64
    private const uint Arm64 = 0xC00000B7; // AUDIT_ARCH_AARCH64
    private const int Own = 4711;

    [Theory]
    [InlineData(false, 57)] // fork
    [InlineData(false, 58)] // vfork
    [InlineData(false, 59)] // execve
    [InlineData(false, 41)] // socket
    [InlineData(false, 62)] // kill
    [InlineData(false, 101)] // ptrace
    [InlineData(false, 319)] // memfd_create
    [InlineData(false, 126)] // capset, the last of the table
    [InlineData(true, 221)] // execve
    [InlineData(true, 198)] // socket
    [InlineData(true, 129)] // kill
    [InlineData(true, 117)] // ptrace
    [InlineData(true, 91)] // capset
    public void Build_RefusedCall_NotPermitted(bool arm, uint number) => Assert.Equal(NotPermitted, Run(arm, number));

    [Theory]
    [InlineData(false, 0)] // read
    [InlineData(false, 1)] // write
    [InlineData(false, 9)] // mmap
    [InlineData(false, 202)] // futex
    [InlineData(false, 231)] // exit_group
    [InlineData(true, 63)] // read
    [InlineData(true, 64)] // write
    [InlineData(true, 222)] // mmap
    [InlineData(true, 98)] // futex
    [InlineData(true, 57)] // close, which is fork on x64
    public void Build_OrdinaryCall_Allowed(bool arm, uint number) => Assert.Equal(Allow, Run(arm, number));

    [Theory]
    [InlineData(false, 56, 435, 234, 302, 157, 16)]
    [InlineData(true, 220, 435, 131, 261, 167, 29)]
    public void Build_SpecialCalls_DependOnArguments(bool arm, uint clone, uint clone3, uint tgkill, uint prlimit, uint prctl, uint ioctl)
    {
        Assert.Equal(Allow, Run(arm, clone, 0x3D0F00)); // the flags of pthread_create
        Assert.Equal(NotPermitted, Run(arm, clone, 0x1200011)); // the flags of fork()
        Assert.Equal(NotImplemented, Run(arm, clone3));
        Assert.Equal(Allow, Run(arm, tgkill, Own));
        Assert.Equal(NotPermitted, Run(arm, tgkill, 1));
        Assert.Equal(Allow, Run(arm, prlimit, 0, 7, 0));
        Assert.Equal(NotPermitted, Run(arm, prlimit, 0, 7, 0x7fff_0000_0000));
        Assert.Equal(NotPermitted, Run(arm, prlimit, 0, 7, 0x1000));
        Assert.Equal(NotPermitted, Run(arm, prctl, 1));
        Assert.Equal(Allow, Run(arm, prctl, 15));
        Assert.Equal(NotPermitted, Run(arm, ioctl, 0, 0x5412));
        Assert.Equal(NotPermitted, Run(arm, ioctl, 0, 0x541C));
        Assert.Equal(Allow, Run(arm, ioctl, 0, 0x5413));
    }

    [Fact]
    public void Build_OtherArchitectureOrX32_NotPermitted()
    {
        const uint i386 = 0x40000003; // AUDIT_ARCH_I386: int 0x80 in a 64-bit process
        Assert.Equal(NotPermitted, Run(SystemCallFilter.Build(arm: false, Own), i386, 1));
        Assert.Equal(NotPermitted, Run(SystemCallFilter.Build(arm: false, Own), X64, 0x40000001));
        Assert.Equal(NotPermitted, Run(SystemCallFilter.Build(arm: true, Own), X64, 63));
    }

    [Theory]
    [InlineData("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", false)]
    [InlineData("/usr/include/asm-generic/unistd.h", true)]
    public void Numbers_AgreeWithTheKernelsHeaders(string header, bool arm)
    {
        if (!File.Exists(header))
        {
            return; // machines without the kernel's headers trust those that have them
        }

        Dictionary<string, int> numbers = Definition().Matches(File.ReadAllText(header))
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        foreach ((string name, int x64, int arm64) in SystemCallNumbers.Refused.Concat(SystemCallNumbers.Special))
        {
            if (numbers.TryGetValue(name, out int number) || (arm ? arm64 : x64) < 0)
            {
                Assert.Equal((name, (arm ? arm64 : x64) < 0 ? -1 : number), (name, arm ? arm64 : x64));
            }
        }
    }

    private static uint Run(bool arm, uint number, params ulong[] arguments) => Run(SystemCallFilter.Build(arm, Own), arm ? Arm64 : X64, number, arguments);

    private static uint Run(ulong[] program, uint architecture, uint number, params ulong[] arguments)
    {
        byte[] data = new byte[64]; // struct seccomp_data: nr, arch, instruction pointer, 6 arguments
        BitConverter.TryWriteBytes(data, number);
        BitConverter.TryWriteBytes(data.AsSpan(4), architecture);
        for (int i = 0; i < arguments.Length; i++)
        {
            BitConverter.TryWriteBytes(data.AsSpan(16 + (8 * i)), arguments[i]);
        }

        uint accumulator = 0;
        for (int at = 0; ; at++)
        {
            (ushort code, byte ifTrue, byte ifFalse, uint value) = ((ushort)program[at], (byte)(program[at] >> 16), (byte)(program[at] >> 24), (uint)(program[at] >> 32));
            switch (code)
            {
                case 0x20:
                    accumulator = BitConverter.ToUInt32(data, (int)value);
                    break;
                case 0x06:
                    return value;
                default:
                    bool jumps = code switch { 0x15 => accumulator == value, 0x35 => accumulator >= value, 0x45 => (accumulator & value) != 0, _ => throw new InvalidOperationException() };
                    at += jumps ? ifTrue : ifFalse;
                    break;
            }
        }
    }

    [GeneratedRegex(@"#define __NR(?:3264)?_(\w+)\s+(\d+)")]
    private static partial Regex Definition();
}
