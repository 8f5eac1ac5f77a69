using System.Diagnostics;

namespace MlOps.Kernel.Packages;

/// <summary>Runs <c>dotnet restore</c> once, in a folder of its own that is gone afterwards.</summary>
internal static class RestoreRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>A program that MSBuild started this process from leaves these behind; they would lead the SDK astray.</summary>
    private static readonly string[] Inherited = ["MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly", "DOTNET_STARTUP_HOOKS"];

    /// <summary>Asks the SDK. The answer may hold errors of NuGet's.</summary>
    /// <param name="question">What to restore.</param>
    /// <param name="options">Where to.</param>
    /// <param name="progress">Called a few times a second with the time spent.</param>
    /// <param name="cancellationToken">Ends the restore.</param>
    /// <returns>The text of the assets file; null if there is none, with what the SDK printed instead.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="PackageException">There is no SDK, or it takes too long.</exception>
    internal static (string? Assets, string Said) Execute(RestoreQuestion question, PackageOptions options, Action<TimeSpan> progress, CancellationToken cancellationToken)
    {
        string dotnet = DotnetSdk.Find(options.SdkRoots);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-packages-");
        try
        {
            RestoreProject.Write(folder.FullName, question, options.PackagesFolder);
            string said = Run(StartInfo(dotnet, folder.FullName), options.Limit, progress, cancellationToken);
            string assets = Path.Combine(folder.FullName, "obj", "project.assets.json");
            return (File.Exists(assets) ? File.ReadAllText(assets) : null, said);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static ProcessStartInfo StartInfo(string dotnet, string folder)
    {
        var start = new ProcessStartInfo(dotnet, ["restore", RestoreProject.FileName, "-nologo", "-v:q", "-tl:off", "-noAutoResponse", "-nodeReuse:false", "-m:1"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in Inherited)
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // the words are read below
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0"; // a server would outlive the notebook
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBuildEnableWorkloadResolver"] = "false"; // a project without workloads restores a fifth faster
        return start;
    }

    private static string Run(ProcessStartInfo start, TimeSpan limit, Action<TimeSpan> progress, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static state => Kill((Process)state!), process);
        process.StandardInput.Close();
        Task<string[]> said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        long began = Stopwatch.GetTimestamp();
        while (!process.WaitForExit(Look))
        {
            TimeSpan spent = Stopwatch.GetElapsedTime(began);
            if (spent > limit)
            {
                Kill(process);
                throw new PackageException(PackageException.NoCode, FormattableString.Invariant($"The restore was stopped: it took longer than {limit.TotalSeconds:0} s. A package source may not answer."));
            }

            progress(spent);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return said.Wait(LastWords, CancellationToken.None) ? string.Concat(said.Result) : "";
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A killed restore may hold a file for a moment longer. The system clears its temporary folder.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself, which is what was wanted.
        }
    }
}
