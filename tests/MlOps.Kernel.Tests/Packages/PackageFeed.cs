using System.Diagnostics;
using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Packages;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Packages;

/// <summary>A folder of small packages made here, a notebook's folder, and folders of its own for all that NuGet keeps.</summary>
public sealed class PackageFeed : IDisposable
{
    internal const string Gcc = "/usr/bin/gcc";

    private readonly string _root = Directory.CreateTempSubdirectory("packages").FullName;

    public PackageFeed()
    {
        foreach (string folder in new[] { Feed, Other, Notebook, Offline })
        {
            Directory.CreateDirectory(folder);
        }

        Add("Alpha", "1.0.0", "namespace Alphas { public class Alpha { public int Number => 10; } }");
        Add("Alpha", "1.1.0", "namespace Alphas { public class Alpha { public int Number => 11; } }");
        Add("Alpha", "2.0.0-beta.1", "namespace Alphas { public class Alpha { public int Number => 20; } }");
        Add("Beta", "1.0.0", "public class Beta { public Alphas.Alpha Alpha => new(); public int Sum => Alpha.Number + 1; }", "Alpha", "1.0.0");
        Add("Gamma", "1.0.0", "public class Gamma { public Alphas.Alpha Alpha => new(); }", "Alpha", "1.1.0");
        Add("Delta", "1.0.0", "public class Delta { public int Sum => new Beta().Sum * 2; }", "Beta", "1.0.0");
        Add("Orphan", "1.0.0", "public class Orphan { }", "NotAnywhere", "3.0.0", withDependency: false);
        Add("System.Text.Json", "99.0.0", "[assembly: System.Reflection.AssemblyVersion(\"99.0.0.0\")] public class FromTheFuture { }");
        Add("NeedsFuture", "1.0.0", "public class NeedsFuture { public int V => 3; }", "System.Text.Json", "99.0.0", withDependency: false);
        Add("Elsewhere", "1.0.0", Imports("Elsewhere", "elsewhere"), natives: [("win-x64", "elsewhere.dll", [0]), ("osx-arm64", "libelsewhere.dylib", [0])]);
        Add("Ancient", "1.0.0", "public class Ancient { public int V => 6; }", framework: "net45");
        Add("Preview", "1.0.0-beta.1", "public class Preview { }");
        Add("Private", "1.0.0", "public class Private { public int V => 4; }", folder: Other);
        if (File.Exists(Gcc))
        {
            Add("Native", "1.0.0", Imports("Native", "mlopsadd"), natives: [("linux-x64", "libmlopsadd.so", Compile("int add(int a, int b) { return a + b; }"))]);
        }

        File.WriteAllText(Path.Combine(Notebook, "nuget.config"), Configuration(Feed));
        File.WriteAllText(Path.Combine(Offline, "nuget.config"), Configuration("https://localhost:1/v3/index.json"));
        File.WriteAllText(Path.Combine(Notebook, "global.json"), "{ \"sdk\": { \"version\": \"99.0.100\" } }"); // none of these may count
        File.WriteAllText(Path.Combine(_root, "Directory.Build.props"), "<Project><PropertyGroup><TargetFramework>net2.0</TargetFramework></PropertyGroup></Project>");
        File.WriteAllText(Path.Combine(_root, "Directory.Packages.props"), "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
    }

    /// <summary>Gets the source that the notebook's nuget.config names.</summary>
    internal string Feed => Path.Combine(_root, "feed");

    /// <summary>Gets a source that only <c>#i</c> can add.</summary>
    internal string Other => Path.Combine(_root, "other");

    internal string Notebook => Path.Combine(_root, "notebook");

    /// <summary>Gets the folder of a notebook whose one source is a server that refuses connections.</summary>
    internal string Offline => Path.Combine(_root, "offline");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    internal PackageOptions Options => new() { CacheFolder = Path.Combine(_root, "answers"), PackagesFolder = Path.Combine(_root, "unpacked") };

    internal Session Open(PackageOptions? packages = null, string? folder = null) =>
        new(new EngineOptions { WorkingDirectory = folder ?? Notebook, Packages = packages ?? Options });

    /// <summary>A session on a machine that has .NET, but no SDK.</summary>
    internal Session OpenWithoutSdk() => Open(Options with { SdkRoots = [_root] });

    /// <summary>Builds an assembly; the same call twice gives two builds.</summary>
    internal string Build(string name, string code, string? reference = null)
    {
        string path = Path.Combine(_root, FormattableString.Invariant($"{name}-{Guid.NewGuid():N}"), name + ".dll");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var result = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [.. new[] { typeof(object).Assembly.Location, Path.Combine(platform, "System.Runtime.dll"), reference }.OfType<string>().Select(file => MetadataReference.CreateFromFile(file))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    private readonly Dictionary<string, string> _built = [];

    private void Add(
        string id,
        string version,
        string code,
        string? needs = null,
        string? needsVersion = null,
        bool withDependency = true,
        string? folder = null,
        string framework = "net8.0",
        IReadOnlyList<(string Platform, string Name, byte[] Content)>? natives = null)
    {
        string assembly = Build(id, code, needs is null || !withDependency ? null : _built[needs + needsVersion]);
        _built[id + version] = assembly;
        using ZipArchive package = ZipFile.Open(Path.Combine(folder ?? Feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        string dependency = needs is null ? "" : $"<dependencies><group targetFramework=\"net8.0\"><dependency id=\"{needs}\" version=\"{needsVersion}\" /></group></dependencies>";
        using (var nuspec = new StreamWriter(package.CreateEntry(id + ".nuspec").Open()))
        {
            nuspec.Write($"<package xmlns=\"http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd\"><metadata><id>{id}</id><version>{version}</version><authors>tests</authors><description>A test.</description>{dependency}</metadata></package>");
        }

        using (var extension = new StreamWriter(package.CreateEntry("interactive-extensions/dotnet/extension.dib").Open()))
        {
            extension.Write("#!csharp\nthrow new System.Exception(\"an extension ran\");");
        }

        package.CreateEntryFromFile(assembly, $"lib/{framework}/{id}.dll");
        foreach ((string platform, string name, byte[] content) in natives ?? [])
        {
            using Stream entry = package.CreateEntry($"runtimes/{platform}/native/{name}").Open();
            entry.Write(content);
        }
    }

    private static string Imports(string type, string library) =>
        $"public static class {type} {{ [System.Runtime.InteropServices.DllImport(\"{library}\", EntryPoint = \"add\")] public static extern int Add(int a, int b); }}";

    private static string Configuration(string source) =>
        $"<configuration><packageSources><clear /><add key=\"the-feed\" value=\"{source}\" /></packageSources></configuration>";

    private byte[] Compile(string c)
    {
        string source = Path.Combine(_root, "native.c");
        string library = Path.ChangeExtension(source, "so");
        File.WriteAllText(source, c);
        using Process gcc = Process.Start(Gcc, ["-shared", "-fPIC", "-o", library, source]);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
        return File.ReadAllBytes(library);
    }
}
