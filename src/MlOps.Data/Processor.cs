using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Microsoft.Win32;

namespace MlOps.Data;

/// <summary>What computes on this machine.</summary>
/// <param name="Name">As the maker calls it, or as far as the system knows it.</param>
/// <param name="Architecture">Such as <c>x64</c> or <c>arm64</c>.</param>
/// <param name="Cores">Cores that .NET uses: the machine's, or fewer in a container with a limit.</param>
/// <param name="MachineCores">Cores of the whole machine.</param>
/// <param name="CoreLimit">Cores' worth of time that a container's limit allows, which may be a fraction; null for no limit.</param>
/// <param name="Instructions">Which of the vector instructions that matter for machine learning there are: <c>AVX2</c>, <c>AVX-512</c>, <c>VNNI</c>; <c>NEON</c>, <c>DOTPROD</c>.</param>
public sealed record Processor(string Name, string Architecture, int Cores, int MachineCores, double? CoreLimit, IReadOnlyList<string> Instructions)
{
    private const string Information = "/proc/cpuinfo";
    private static readonly Lazy<Processor> s_current = new(Read);

    /// <summary>Gets a value indicating whether one instruction multiplies and adds whole groups of 8-bit numbers: what INT8 models are fast by.</summary>
    public bool MultipliesBytes => Instructions.Intersect(["VNNI", "DOTPROD"]).Any();

    /// <summary>Asks the system.</summary>
    public static Processor Current() => s_current.Value;

    /// <summary>Returns it as one line.</summary>
    public override string ToString()
    {
        string cores = Cores == MachineCores ? $"{Cores} {(Cores == 1 ? "core" : "cores")}" : $"{Cores} of {MachineCores} cores";
        return FormattableString.Invariant($"{Name}, {Architecture}, {cores}{(CoreLimit is { } limit && limit < Cores ? FormattableString.Invariant($", limited to {limit:0.##}") : "")}");
    }

    /// <summary>The name in what Linux tells about its processors.</summary>
    internal static string NameIn(IEnumerable<string> information)
    {
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string[] fact in information.Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Where(fact => fact.Length == 2))
        {
            facts.TryAdd(fact[0], fact[1]);
        }

        return facts.TryGetValue("model name", out string? name) ? name
            : facts.TryGetValue("CPU implementer", out string? maker) && facts.TryGetValue("CPU part", out string? part) ? $"Arm processor (implementer {maker}, part {part})" // Arm gives numbers only
            : "unknown processor";
    }

    private static Processor Read()
    {
        string[] information = File.Exists(Information) ? File.ReadAllLines(Information) : [];
        int listed = information.Count(line => line.StartsWith("processor", StringComparison.Ordinal));
        string name = information.Length > 0 ? NameIn(information)
            : OperatingSystem.IsWindows() ? Registry.GetValue(@"HKEY_LOCAL_MACHINE\HARDWARE\DESCRIPTION\System\CentralProcessor\0", "ProcessorNameString", null) as string ?? "unknown processor"
            : OperatingSystem.IsMacOS() ? Sysctl("machdep.cpu.brand_string")
            : "unknown processor";
        return new Processor(
            name.Trim(),
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            Environment.ProcessorCount,
            Math.Max(listed, Environment.ProcessorCount),
            ControlGroup.Current().Cores,
            [.. Vector()]);
    }

    private static IEnumerable<string> Vector()
    {
        if (AdvSimd.IsSupported)
        {
            yield return "NEON";
        }

        if (Dp.IsSupported)
        {
            yield return "DOTPROD";
        }

        if (Avx2.IsSupported)
        {
            yield return "AVX2";
        }

        if (Avx512F.IsSupported)
        {
            yield return "AVX-512";
        }

        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
        {
            yield break;
        }

        // .NET has no class for the VNNI of AVX-512: leaf 7 of CPUID, "Structured Extended Feature Flags", in Intel's manual (volume 2A).
        (_, _, int ecx, _) = X86Base.CpuId(7, 0);
        if (AvxVnni.IsSupported || (Avx512F.IsSupported && (ecx & (1 << 11)) != 0))
        {
            yield return "VNNI";
        }
    }

    private static string Sysctl(string name)
    {
        using Process program = Process.Start(new ProcessStartInfo("/usr/sbin/sysctl", ["-n", name]) { RedirectStandardOutput = true })!;
        return program.StandardOutput.ReadToEnd();
    }
}
