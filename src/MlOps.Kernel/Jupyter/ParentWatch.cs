using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MlOps.Kernel.Jupyter;

/// <summary>Ends a kernel whose front end has died: Jupyter names its process in the environment.</summary>
internal static class ParentWatch
{
    private const string Variable = "JPY_PARENT_PID";
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Calls back, from a thread of its own, when the process that started this one has ended. Does nothing if none is named.</summary>
    internal static void Start(Action ended)
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int id) || id <= 1)
        {
            return;
        }

        new Thread(() =>
        {
            Wait(id);
            ended();
        })
        {
            IsBackground = true,
            Name = "parent watch",
        }.UnsafeStart();
    }

    private static void Wait(int id)
    {
        // An ended process that nobody has reaped, as in a container without an init process, still counts as running. But its
        // children have a new parent at once.
        if (!OperatingSystem.IsWindows() && ParentId() == id)
        {
            while (ParentId() == id)
            {
                Thread.Sleep(s_interval);
            }

            return;
        }

        try
        {
            using Process parent = Process.GetProcessById(id);
            while (!parent.WaitForExit(s_interval))
            {
            }
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ParentId();
}
