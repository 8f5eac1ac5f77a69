using System.ComponentModel;
using System.Diagnostics;

namespace MlOps;

/// <summary>Asks <c>nvidia-smi</c>, which comes with NVIDIA's driver.</summary>
internal static class NvidiaSmi
{
    private const int PatienceMilliseconds = 5000; // a driver in trouble answers never

    /// <summary>Returns a line a device with the fields between commas, without units; null where there is no driver or it does not answer.</summary>
    internal static string? Query(string fields)
    {
        try
        {
            using Process program = Process.Start(new ProcessStartInfo("nvidia-smi", [$"--query-gpu={fields}", "--format=csv,noheader,nounits"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = program.StandardOutput.ReadToEndAsync();
            program.ErrorDataReceived += (_, _) => { };
            program.BeginErrorReadLine();
            if (program.WaitForExit(PatienceMilliseconds))
            {
                return program.ExitCode == 0 ? output.GetAwaiter().GetResult() : null;
            }

            program.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // There is no such program, or it ended before it could be stopped.
        }

        return null;
    }
}
