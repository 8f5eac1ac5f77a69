using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MlOps.Bench;

/// <summary>The installed kernel beside Debian's ipykernel, both through jupyter_client in one run.</summary>
/// <remarks>
/// The kernel is installed into a temporary folder by the command itself, so that the launcher a student's editor starts is what
/// is measured. Memory is the resident set of the kernel's process.
/// </remarks>
public static class KernelBench
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs the comparison; the exit code is 1 if something could not be measured.</summary>
    public static int Run(string[] args)
    {
        string folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        try
        {
            return Run(Course(), folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Run(string course, string folder)
    {
        var install = new ProcessStartInfo("dotnet", [Path.Combine(course, "artifacts", "mlops", "mlops.dll"), "kernel", "install", "--prefix", folder]);
        install.Environment["MLOPS_ROOT"] = course;
        Peer.Output(install);

        var measure = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "kernel", "measure.py"), "mlops-csharp", "python3"]);
        measure.Environment["JUPYTER_PATH"] = Path.Combine(folder, "share", "jupyter");
        measure.Environment["JUPYTER_DATA_DIR"] = Path.Combine(folder, "data"); // a kernel installed before must not be taken
        measure.Environment["JUPYTER_RUNTIME_DIR"] = Path.Combine(folder, "runtime");
        string version = Peer.Versions(Python, "ipykernel");
        JsonElement result = JsonDocument.Parse(Peer.Output(measure)).RootElement;
        Console.WriteLine($"{"",-44}{"ours",12}{"ipykernel",12}{"ratio",8}");
        Print("start to first result, ms, median", result, "startMedian", version);
        Print("start to first result, ms, p95", result, "startP95", version);
        Print("warm cell, request to reply and idle, ms", result, "warmMedian", version);
        Print("warm cell, ms, p95", result, "warmP95", version);
        Print("50-cell notebook by nbclient, whole, ms", result, "notebookMedian", version);
        Print("completion, ms, median", result, "completionMedian", version);
        Print("completion, ms, p95", result, "completionP95", version);
        Print("interrupt of an endless loop, ms, median", result, "interruptMedian", version);
        Print("interrupt of an endless loop, ms, p95", result, "interruptP95", version);
        Print("memory after 1000 cells, MiB", result, "memory", version);
        return 0;
    }

    private static void Print(string name, JsonElement result, string key, string version)
    {
        double[] both = [.. result.GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44}{both[0],12:0.0}{both[1],12:0.0}{both[0] / both[1],7:0.00}×"));
        if (key == "memory")
        {
            Ratios.Memory(name.Split(',')[0], both[0], both[1], version);
        }
        else
        {
            Ratios.Time(name.Replace(", ms", "", StringComparison.Ordinal), both[0] / 1000, both[1] / 1000, version);
        }
    }

    private static string Course() =>
        Environment.GetEnvironmentVariable("MLOPS_ROOT") ?? throw new InvalidOperationException("MLOPS_ROOT is not set; run './mlops bench kernel'.");
}
