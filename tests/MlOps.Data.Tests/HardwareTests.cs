namespace MlOps.Data.Tests;

/// <summary>What the machine has, against what Linux itself tells about it.</summary>
public sealed class HardwareTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-hardware-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Current_ListsTheInstructionsThatLinuxLists()
    {
        const string Information = "/proc/cpuinfo";
        if (!File.Exists(Information))
        {
            return; // another system has no second opinion
        }

        string[] flags = [.. File.ReadLines(Information).Where(line => line.StartsWith("flags", StringComparison.Ordinal) || line.StartsWith("Features", StringComparison.Ordinal)).SelectMany(line => line.Split(':')[1].Split(' ')).Distinct()];
        (string Name, string[] Flags)[] known = [("NEON", ["asimd"]), ("DOTPROD", ["asimddp"]), ("AVX2", ["avx2"]), ("AVX-512", ["avx512f"]), ("VNNI", ["avx512_vnni", "avx_vnni"])];
        Processor processor = Processor.Current();
        Assert.Equal(known.Where(one => one.Flags.Intersect(flags).Any()).Select(one => one.Name), processor.Instructions);
        Assert.Equal(processor.Instructions.Contains("VNNI") || processor.Instructions.Contains("DOTPROD"), processor.MultipliesBytes);
    }

    [Fact]
    public void Current_MemoryAndCores_AreNoMoreThanTheMachineHas()
    {
        var hardware = Hardware.Current();
        Assert.InRange(hardware.Processor.Cores, 1, hardware.Processor.MachineCores);
        Assert.InRange(hardware.MemoryBytes, 1 << 20, long.MaxValue);
        if (OperatingSystem.IsLinux())
        {
            string total = File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemTotal", StringComparison.Ordinal));
            Assert.True(hardware.MemoryBytes <= 1024 * long.Parse(total.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.StartsWith($"processor       {hardware.Processor.Name}, ", hardware.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ControlGroup_Version2_TakesTheLeastOfItsOwnAndTheOuterLimits()
    {
        Write("fs/a/b/cpu.max", "max 100000\n");
        Write("fs/a/b/memory.max", "4294967296\n");
        Write("fs/a/cpu.max", "150000 100000\n");
        Write("fs/a/memory.max", "max\n");
        Write("fs/cpu.max", "400000 100000\n");
        Assert.Equal(new ControlGroup(1.5, 4L << 30), Read("0::/a/b\n"));
    }

    [Fact]
    public void ControlGroup_Version1_FindsItsLimitsUnderTheControllers()
    {
        Write("fs/cpu,cpuacct/job/cpu.cfs_quota_us", "50000\n");
        Write("fs/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
        Write("fs/cpu,cpuacct/cpu.cfs_quota_us", "-1\n"); // none
        Write("fs/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
        Write("fs/memory/job/memory.limit_in_bytes", "536870912\n");
        Write("fs/memory/memory.limit_in_bytes", "9223372036854771712\n"); // none
        Assert.Equal(new ControlGroup(0.5, 512L << 20), Read("9:cpu,cpuacct:/job\n4:memory:/job\n"));
    }

    [Fact]
    public void ControlGroup_PathOfTheHost_IsSeenAtTheRootOfTheContainer()
    {
        Write("fs/cpu.max", "200000 100000\n");
        Write("fs/memory.max", "1073741824\n");
        Assert.Equal(new ControlGroup(2, 1L << 30), Read("0::/docker/0123abc\n"));
        Assert.Equal(new ControlGroup(null, null), ControlGroup.Read(Path.Combine(_folder.FullName, "none"), _folder.FullName));
    }

    [Fact]
    public void Gpu_LinesOfTheDriver_AreReadAndOthersLeftOut()
    {
        // What nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader,nounits prints.
        Gpu[] gpus = Gpu.Parse("NVIDIA L4, 23034, 580.65.06\nNVIDIA GB10, [N/A], 580.65.06\nsomething else\n");
        Assert.Equal([new Gpu("NVIDIA L4", 23034L << 20, "580.65.06"), new Gpu("NVIDIA GB10", 0, "580.65.06")], gpus);
        Assert.Equal("NVIDIA L4, 24.2 GB, driver 580.65.06", gpus[0].ToString());
        Assert.Equal("NVIDIA GB10, driver 580.65.06", gpus[1].ToString());
        Assert.Empty(Gpu.Parse(""));
    }

    [Fact]
    public void Processor_InAContainer_SaysWhatItMayUse()
    {
        var whole = new Processor("Some CPU", "x64", 8, 8, null, ["AVX2"]);
        Assert.Equal("Some CPU, x64, 8 cores", whole.ToString());
        Assert.Equal("Some CPU, x64, 2 of 8 cores, limited to 1.5", (whole with { Cores = 2, CoreLimit = 1.5 }).ToString());
        Assert.Equal("Some CPU, x64, 1 of 8 cores", (whole with { Cores = 1, CoreLimit = 1 }).ToString());
    }

    [Fact]
    public void Processor_Arm_IsNamedByItsNumbers()
    {
        Assert.Equal("Arm processor (implementer 0x41, part 0xd40)", Processor.NameIn(["processor\t: 0", "CPU implementer\t: 0x41", "CPU part\t: 0xd40"]));
        Assert.Equal("AMD EPYC", Processor.NameIn(["processor\t: 0", "model name\t: AMD EPYC", "model name\t: another"]));
        Assert.Equal("unknown processor", Processor.NameIn(["processor\t: 0"]));
    }

    private ControlGroup Read(string membership)
    {
        Write("cgroup", membership);
        return ControlGroup.Read(Path.Combine(_folder.FullName, "cgroup"), Path.Combine(_folder.FullName, "fs"));
    }

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
