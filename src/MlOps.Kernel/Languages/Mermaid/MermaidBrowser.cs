using System.Diagnostics;
using System.Text;

namespace MlOps.Kernel.Languages.Mermaid;

/// <summary>A browser of this machine, used without a window to draw one diagram. It opens a file and reaches no network.</summary>
internal static class MermaidBrowser
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string[] LinuxNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    private static readonly string[] MacPlaces =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];

    /// <summary>Finds a browser: the one that the variable CHROMIUM names, else one in a usual place; null if there is none.</summary>
    internal static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : Places().FirstOrDefault(File.Exists);

    /// <summary>Draws a diagram as SVG; null if the browser does not get that far, as where a container forbids its sandbox.</summary>
    /// <exception cref="MermaidCellException">Mermaid refuses the text.</exception>
    /// <exception cref="OperationCanceledException">The cell was told to stop; the browser has been ended.</exception>
    internal static string? TryDraw(string browser, string library, string source, CancellationToken stopping)
    {
        string folder = Directory.CreateTempSubdirectory("mlops-mermaid-").FullName;
        try
        {
            string page = Path.Combine(folder, "page.html");
            File.WriteAllText(page, MermaidPages.Drawing(source, library));
            return Run(browser, Path.Combine(folder, "profile"), new Uri(page).AbsoluteUri, stopping) is { } drawn ? MermaidPages.Result(drawn) : null;
        }
        finally
        {
            Delete(folder);
        }
    }

    /// <summary>Returns the page as it is when its script has run; null if the browser cannot be started or does not end in time.</summary>
    private static string? Run(string browser, string profile, string page, CancellationToken stopping)
    {
        string[] sandbox = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? ["--no-sandbox"] : []; // it refuses to start as root with one
        var start = new ProcessStartInfo(browser)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string argument in (string[])["--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking", "--no-first-run", "--no-default-browser-check", "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + profile, "--virtual-time-budget=10000", .. sandbox, "--dump-dom", page])
        {
            start.ArgumentList.Add(argument);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // not a program, or not for us: drawing in the page is the other way
        }

        using (process)
        {
            try
            {
                var output = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                var text = new StringBuilder();
                process.OutputDataReceived += (_, line) =>
                {
                    text.Append(line.Data).Append('\n');
                    if (line.Data is null || MermaidPages.HasResult(line.Data)) // no need to wait for the browser to put its things away
                    {
                        output.TrySetResult(text.ToString());
                    }
                };
                process.BeginOutputReadLine();
                process.BeginErrorReadLine(); // read, or a full pipe would stop it; what it says there is about the machine, not the diagram
                return output.Task.Wait(Limit, stopping) ? output.Task.Result : null;
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit(Limit); // its files are free then
            }
        }
    }

    private static IEnumerable<string> Places()
    {
        if (OperatingSystem.IsMacOS())
        {
            return MacPlaces;
        }

        if (OperatingSystem.IsWindows())
        {
            return from folder in (Environment.SpecialFolder[])[Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData]
                   from program in (string[])[@"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"]
                   select Path.Combine(Environment.GetFolderPath(folder), program);
        }

        string[] folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return from name in LinuxNames from folder in folders select Path.Combine(folder, name);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser is writing its last file. The system clears its folder for temporary files.
        }
    }
}
