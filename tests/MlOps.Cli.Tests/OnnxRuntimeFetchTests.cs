using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MlOps.Cli.Tests;

/// <summary>How ONNX Runtime is fetched, in a clone whose <c>dotnet</c> and <c>npm</c> are stand-ins: a feed with or without the package, a registry that works or not.</summary>
public sealed class OnnxRuntimeFetchTests : IDisposable
{
    private const string Dotnet =
        """
        #!/bin/sh
        echo "dotnet $*" >>"$CALLS"
        case "$*" in
          --list-sdks) echo "10.0.100 [/usr/share/dotnet/sdk]" ;;
          *OnnxRuntime.Gpu) exit "${GPUFEED:-1}" ;;
          restore*) exit "$FEED" ;;
        esac
        """;

    // npm pack NAME@VERSION --silent: as npm does, the file lands in the working folder.
    private const string Npm =
        """
        #!/bin/sh
        echo "npm $*" >>"$CALLS"
        case "$REGISTRY" in
          down) echo "npm ERR! network" >&2; exit 1 ;;
          slow) printf half >thing-1.0.tgz; : >"$CALLS.started"; sleep 60 ;;
          *) cp "$REGISTRY" thing-1.0.tgz ;;
        esac
        """;

    private readonly ScriptClone _clone = new();
    private readonly string _package;

    public OnnxRuntimeFetchTests()
    {
        _clone.StandIn("dotnet", Dotnet);
        _clone.StandIn("npm", Npm);
        _clone.Link("node", "tar", "gzip");
        _package = _clone.At("package.tgz");
        WritePackage(_package);
        foreach (string list in new[] { "source.txt", "gpu-library.txt", "gpu-cuda.txt" })
        {
            File.WriteAllText(_clone.At("eng", "onnxruntime", list), $"# a stand-in\npackage=thing\nversion=1.0\nintegrity=sha512-{Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(_package)))}\n");
        }
    }

    private string Calls => File.Exists(_clone.At("calls")) ? File.ReadAllText(_clone.At("calls")) : "";

    private string Fetched => _clone.At("eng", "onnxruntime", "fetched");

    public void Dispose() => _clone.Dispose();

    [BashFact]
    public void Fetch_FeedHasThePackage_NotesItAndFetchesNothing()
    {
        CommandResult fetched = Fetch("0", _package);
        Assert.True(fetched.ExitCode == 0, fetched.Errors);
        Assert.Contains("<OnnxRuntimeFrom>package</OnnxRuntimeFrom>", File.ReadAllText(Path.Combine(Fetched, "source.props")), StringComparison.Ordinal);
        Assert.DoesNotContain("npm", Calls, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Fetched, "native")));
    }

    [BashFact]
    public void Fetch_FeedLacksThePackage_BringsSourcesAndThisPlatformsLibrary()
    {
        CommandResult fetched = Fetch("1", _package);
        Assert.True(fetched.ExitCode == 0, fetched.Errors);
        Assert.Contains("<OnnxRuntimeFrom>sources</OnnxRuntimeFrom>", File.ReadAllText(Path.Combine(Fetched, "source.props")), StringComparison.Ordinal);
        Assert.Equal("class A;", File.ReadAllText(Path.Combine(Fetched, "Runtime", "A.cs")));
        Assert.True(File.Exists(Path.Combine(Fetched, "LICENSE")));
        if (OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64)
        {
            Assert.Equal("native", File.ReadAllText(Path.Combine(Fetched, "native", "libonnxruntime.so")));
            Assert.Contains("libonnxruntime.so", Directory.EnumerateFiles(Path.Combine(Fetched, "native")).Select(path => Path.GetFileName(path)));
        }

        AssertNothingHalf();
    }

    [BashFact]
    public void Fetch_ForAGpu_TakesTheFeedsPackage()
    {
        CommandResult fetched = Fetch("0", _package, ("MLOPS_PROVIDERS", "cuda"), ("GPUFEED", "0"));
        Assert.True(fetched.ExitCode == 0, fetched.Errors);
        Assert.Contains("<OnnxRuntimePackage>Microsoft.ML.OnnxRuntime.Gpu</OnnxRuntimePackage>", File.ReadAllText(Path.Combine(Fetched, "source.props")), StringComparison.Ordinal);
        Assert.DoesNotContain("npm", Calls, StringComparison.Ordinal);
    }

    [BashFact]
    public void Fetch_ForAGpuThatNoFeedHas_BringsTheLibraryBuiltForItOrSaysThatThereIsNone()
    {
        CommandResult fetched = Fetch("1", _package, ("MLOPS_PROVIDERS", "cuda,cpu"));
        Assert.True(fetched.ExitCode == 0, fetched.Errors);
        Assert.Contains("<OnnxRuntimeFrom>sources</OnnxRuntimeFrom>", File.ReadAllText(Path.Combine(Fetched, "source.props")), StringComparison.Ordinal);
        if (OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64)
        {
            Assert.Equal(["libonnxruntime.so", "libonnxruntime_providers_cuda.so", "libonnxruntime_providers_shared.so"], Directory.EnumerateFiles(Path.Combine(Fetched, "native")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal("for CUDA", File.ReadAllText(Path.Combine(Fetched, "native", "libonnxruntime.so")));
            Assert.Equal(3, Calls.Split("npm pack thing@1.0").Length - 1);
        }
        else
        {
            Assert.Contains("there is no ONNX Runtime for a GPU for", fetched.Errors, StringComparison.Ordinal);
        }

        AssertNothingHalf();
    }

    [BashFact]
    public void Setup_AskedForAGpuAfterTheCpu_FetchesOnceMoreAndBuildsAnew()
    {
        Assert.Equal(0, Fetch("0", _package).ExitCode);
        foreach (string file in new[] { "artifacts/mlops/mlops.dll", "artifacts/.cli", "artifacts/.web", "eng/web/node_modules/plotly.js-dist-min/x" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_clone.At(file))!);
            File.WriteAllText(_clone.At(file), "");
        }

        File.Delete(_clone.At("calls"));
        CommandResult setup = _clone.Bash(Environment("0", _package), _clone.At("eng", "setup.sh"), "--gpu");
        string log = _clone.At("artifacts", "logs", "onnxruntime.log"); // the fetch runs beside the build
        Assert.True(setup.ExitCode == 0, setup.Errors);
        Assert.Contains("look for Microsoft.ML.OnnxRuntime.Gpu on the package feeds", File.ReadAllText(log), StringComparison.Ordinal);
        Assert.Contains("dotnet publish", Calls, StringComparison.Ordinal);
        File.Delete(_clone.At("calls"));
        File.Delete(log);
        CommandResult again = _clone.Bash(Environment("0", "down"), _clone.At("eng", "setup.sh"), "--gpu");
        Assert.False(File.Exists(log)); // asked once, had or not
    }

    [BashFact]
    public void Fetch_ChecksumIsAnother_IsToldAndNothingIsLeft()
    {
        File.AppendAllText(_package, "!");
        CommandResult fetched = Fetch("1", _package);
        Assert.Equal(2, fetched.ExitCode);
        Assert.Matches("error: thing 1.0 has checksum sha512-.*; sha512-.* was expected. Nothing of it is used.", fetched.Errors);
        Assert.False(Directory.Exists(Fetched));
        AssertNothingHalf();
    }

    [BashFact]
    public void Fetch_RegistryIsDown_IsToldAndWhatWasThereStays()
    {
        Assert.Equal(0, Fetch("1", _package).ExitCode);
        CommandResult again = Fetch("1", "down");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("error: npm could not fetch thing 1.0.", again.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Fetched, "Runtime", "A.cs")));
        AssertNothingHalf();
    }

    [BashFact]
    public void Fetch_WithoutNpm_SaysInOneLineWhatToInstall()
    {
        File.Delete(_clone.At("tools", "npm"));
        CommandResult fetched = Fetch("1", _package);
        Assert.Equal(2, fetched.ExitCode);
        string line = Assert.Single(fetched.Errors.Split('\n'), line => line.StartsWith("mlops:", StringComparison.Ordinal));
        Assert.Contains("Node.js with npm, which brings its sources, is missing. Install it:", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Fetched));
        AssertNothingHalf();
    }

    [BashFact]
    public void Fetch_PackageWithoutSources_IsAnErrorAndNothingIsLeft()
    {
        using (var zip = new GZipStream(File.Create(_package), CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip))
        {
            Entry(tar, "package/LICENSE", "MIT");
        }

        string source = _clone.At("eng", "onnxruntime", "source.txt");
        File.WriteAllText(source, $"package=thing\nversion=1.0\nintegrity=sha512-{Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(_package)))}\n");
        Assert.Equal(2, Fetch("1", _package).ExitCode);
        Assert.False(Directory.Exists(Fetched));
        AssertNothingHalf();
    }

    [BashFact]
    public void Fetch_Interrupted_LeavesNothingHalf()
    {
        using Process process = _clone.Start(Environment("1", "slow"), "-c", $"exec bash '{_clone.At("eng", "onnxruntime", "fetch.sh")}'");
        string started = _clone.At("calls.started");
        for (int i = 0; i < 600 && !File.Exists(started); i++)
        {
            Thread.Sleep(100);
        }

        Assert.True(File.Exists(started), "npm was not asked within 60 s");
        process.Kill(entireProcessTree: true); // nothing can be tidied up in time
        process.WaitForExit();
        Assert.False(Directory.Exists(Fetched));
        Assert.Equal(0, Fetch("1", _package).ExitCode); // the next run sweeps up
        Assert.True(File.Exists(Path.Combine(Fetched, "Runtime", "A.cs")));
        AssertNothingHalf();
    }

    [BashFact]
    public void Setup_EverythingIsFetched_AsksNobody()
    {
        Assert.Equal(0, Fetch("1", _package).ExitCode);
        File.Delete(_clone.At("calls"));
        // The command and the web libraries are there as well.
        foreach (string file in new[] { "artifacts/mlops/mlops.dll", "artifacts/.cli", "artifacts/.web", "eng/web/node_modules/plotly.js-dist-min/x" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_clone.At(file))!);
            File.WriteAllText(_clone.At(file), "");
        }

        CommandResult setup = _clone.Bash(Environment("1", "down"), _clone.At("eng", "setup.sh"), "--if-needed");
        Assert.True(setup.ExitCode == 0, setup.Errors);
        Assert.Equal("", Calls);
        Assert.Equal("", setup.Errors);
    }

    private CommandResult Fetch(string feed, string registry, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> environment = Environment(feed, registry);
        foreach ((string name, string value) in more)
        {
            environment[name] = value;
        }

        return _clone.Bash(environment, _clone.At("eng", "onnxruntime", "fetch.sh"));
    }

    private Dictionary<string, string> Environment(string feed, string registry) => new() { ["FEED"] = feed, ["REGISTRY"] = registry, ["CALLS"] = _clone.At("calls") };

    private void AssertNothingHalf() => Assert.Empty(Directory.EnumerateFileSystemEntries(_clone.At("eng", "onnxruntime"), ".fetch.*"));

    private static void WritePackage(string path)
    {
        using var zip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(zip);
        Entry(tar, "package/LICENSE", "MIT");
        Entry(tar, "package/ThirdPartyNotices.txt", "none");
        Entry(tar, "package/Runtime/A.cs", "class A;");
        foreach (string platform in new[] { "Linux/x64/libonnxruntime.so", "macOS/arm64/libonnxruntime.dylib", "Windows/x64/onnxruntime.dll", "Windows/arm64/onnxruntime.dll" })
        {
            Entry(tar, $"package/Plugins/{platform}", "native");
            Entry(tar, $"package/Plugins/{platform}.meta", "unity");
        }

        // What the packages for a GPU have; one stand-in is all three.
        Entry(tar, "package/bin/napi-v6/linux/x64/libonnxruntime.so.1", "for CUDA");
        Entry(tar, "package/Plugins/Linux/x64/libonnxruntime_providers_cuda.so", "cuda");
        Entry(tar, "package/Plugins/Linux/x64/libonnxruntime_providers_shared.so", "shared");
    }

    private static void Entry(TarWriter tar, string name, string content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) });
}
