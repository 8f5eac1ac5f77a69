using System.Buffers.Binary;
using System.Xml.Linq;
using MlOps.Kernel.Installing;

namespace MlOps.Kernel.Tests.Installing;

public sealed class KernelSpecFolderTests : IDisposable
{
    private readonly KernelPlace _place = new();

    private KernelSpecFolder Kernel => _place.Kernel;

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Install_WhereNothingIs_WritesTheFilesAndNothingElse()
    {
        Kernel.Install(_place.Course);
        string[] expected = ["course.txt", "kernel.json", "launch.sh", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];
        Assert.Equal(OperatingSystem.IsWindows() ? expected.Where(name => name != "launch.sh") : expected, Directory.EnumerateFiles(Kernel.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(_place.Course, Kernel.Course);
        Assert.Equal(["kernels"], Directory.EnumerateFileSystemEntries(_place.DataFolder).Select(path => Path.GetFileName(path)));
    }

    [Theory]
    [InlineData("logo-32x32.png", 32)]
    [InlineData("logo-64x64.png", 64)]
    public void Install_Logos_HaveTheSizeOfTheirName(string name, int size)
    {
        Kernel.Install(_place.Course);
        byte[] png = File.ReadAllBytes(_place.InKernel(name));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal((size, size), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        Assert.Equal("svg", XDocument.Load(_place.InKernel("logo-svg.svg")).Root!.Name.LocalName);
    }

    [Fact]
    public void Install_OverAnOlderKernelOfOurs_ReplacesItAsAWhole()
    {
        Kernel.Install(_place.Course);
        File.WriteAllText(_place.InKernel("from-an-older-version"), "");
        string moved = _place.Course + " moved";
        Directory.Move(_place.Course, moved);
        Kernel.Install(moved + Path.DirectorySeparatorChar);

        Assert.False(File.Exists(_place.InKernel("from-an-older-version")));
        Assert.Equal(moved, Kernel.Course);
        Assert.Equal(["kernels"], Directory.EnumerateFileSystemEntries(_place.DataFolder).Select(path => Path.GetFileName(path)));
    }

    [Theory]
    [InlineData("""{ "argv": ["other", "{connection_file}"], "display_name": "Other", "language": "C#" }""")]
    [InlineData("""{ "argv": [], "metadata": {} }""")]
    [InlineData("""{ "metadata": 1 }""")]
    [InlineData("""{ "metadata": { "mlops_course": {} } }""")] // our mark, yet no course.txt
    [InlineData("""{ "metadata": {}, "metadata": {} }""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    public void InstallAndUninstall_OverAForeignFolder_AreRefusedAndChangeNothing(string kernelJson)
    {
        _place.Fill(kernelJson);
        Assert.Contains("was not written by the course", Assert.Throws<KernelInstallException>(() => Kernel.Install(_place.Course)).Message, StringComparison.Ordinal);
        Assert.Contains(Kernel.Path, Assert.Throws<KernelInstallException>(() => Kernel.Uninstall()).Message, StringComparison.Ordinal);
        Assert.Equal(kernelJson, File.ReadAllText(_place.InKernel("kernel.json")));
        Assert.Null(Kernel.Course);
    }

    [Fact]
    public void Install_WhereAFileHasTheName_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Kernel.Path)!);
        File.WriteAllText(Kernel.Path, "mine");
        Assert.Throws<KernelInstallException>(() => Kernel.Install(_place.Course));
        Assert.Equal("mine", File.ReadAllText(Kernel.Path));
    }

    [Fact]
    public void Install_IntoAnEmptyFolder_Works()
    {
        Directory.CreateDirectory(Kernel.Path);
        Kernel.Install(_place.Course);
        Assert.Equal(_place.Course, Kernel.Course);
    }

    [Fact]
    public void Install_OfAFolderThatIsNoCourse_SaysWhatIsMissing()
    {
        Directory.CreateDirectory(_place.DataFolder);
        KernelInstallException refused = Assert.Throws<KernelInstallException>(() => Kernel.Install(_place.DataFolder));
        Assert.Equal($"{_place.DataFolder} is no clone of the course: it has no file 'mlops'.", refused.Message);
        Assert.False(Path.Exists(Kernel.Path));
    }

    [ShellFact]
    public void Install_OfACourseWithALineBreakInItsName_IsRefused()
    {
        string odd = _place.Course + "\nrm";
        Directory.Move(_place.Course, odd);
        Assert.Contains("line break", Assert.Throws<KernelInstallException>(() => Kernel.Install(odd)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Install_WhereNothingCanBeWritten_NamesTheFolderAndLeavesNothing()
    {
        File.WriteAllText(_place.DataFolder, "a file where the data folder should be");
        KernelInstallException failed = Assert.Throws<KernelInstallException>(() => Kernel.Install(_place.Course));
        Assert.StartsWith($"{Kernel.Path}: the kernel cannot be written: ", failed.Message, StringComparison.Ordinal);
        Assert.Contains("--prefix", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Uninstall_OurKernel_LeavesTheOthers()
    {
        Kernel.Install(_place.Course);
        string other = Path.Combine(Path.GetDirectoryName(Kernel.Path)!, "python3", "kernel.json");
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        File.WriteAllText(other, "{}");

        Assert.True(Kernel.Uninstall());
        Assert.False(Path.Exists(Kernel.Path));
        Assert.Equal("{}", File.ReadAllText(other));
        Assert.False(Kernel.Uninstall());
        Assert.Null(Kernel.Course);
    }

    [Fact]
    public void Under_Prefix_IsTheShareFolderBelowIt() =>
        Assert.Equal(Path.GetFullPath("/opt/env/share/jupyter/kernels/mlops-csharp"), KernelSpecFolder.Under("/opt/env").Path);

    [Fact]
    public void Under_Nothing_NamesTheArgument() =>
        Assert.Equal("prefix", Assert.Throws<ArgumentException>(() => KernelSpecFolder.Under(" ")).ParamName);
}
