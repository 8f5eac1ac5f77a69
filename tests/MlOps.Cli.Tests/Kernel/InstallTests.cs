namespace MlOps.Cli.Tests.Kernel;

/// <summary><c>mlops kernel install</c>, <c>uninstall</c> and <c>status</c> for a user whose home is a folder of the test.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("mlops home ø-");

    private string DataFolder => Path.Combine(_home.FullName, "jupyter data");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void Install_WithNothingButDotnet_WritesTheKernelOfThisClone()
    {
        // A PATH without Python, Jupyter and Node.js: the folder is empty.
        CommandResult installed = MlopsWith(new() { ["PATH"] = Directory.CreateDirectory(Path.Combine(_home.FullName, "no programs")).FullName }, "kernel", "install");
        Assert.True(installed.ExitCode == 0, installed.Errors);
        string folder = Path.Combine(DataFolder, "kernels", "mlops-csharp");
        Assert.StartsWith($"'C# (MlOps Course)' is installed in {folder}.", installed.Output, StringComparison.Ordinal);
        Assert.Contains(MlopsCommand.RepositoryRoot, installed.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "kernel.json")));

        CommandResult status = Mlops("kernel", "status");
        Assert.Equal((0, folder + Environment.NewLine), (status.ExitCode, status.Output));
    }

    [LinuxHomeFact]
    public void Install_WithoutJupytersVariables_GoesIntoTheHome()
    {
        CommandResult installed = MlopsWith(new() { ["JUPYTER_DATA_DIR"] = null, ["XDG_DATA_HOME"] = null }, "kernel", "install", "--user");
        Assert.True(installed.ExitCode == 0, installed.Errors);
        Assert.True(File.Exists(Path.Combine(_home.FullName, ".local", "share", "jupyter", "kernels", "mlops-csharp", "kernel.json")));
    }

    [Fact]
    public void Install_Prefix_GoesBelowItAndComesAwayAgain()
    {
        string prefix = Path.Combine(_home.FullName, "env");
        string folder = Path.Combine(prefix, "share", "jupyter", "kernels", "mlops-csharp");
        Assert.Equal(0, Mlops("kernel", "install", "--prefix", prefix).ExitCode);
        Assert.True(Directory.Exists(folder));
        Assert.Equal(1, Mlops("kernel", "status").ExitCode); // not for the user
        CommandResult removed = Mlops("kernel", "uninstall", "--prefix", prefix);
        Assert.Equal((0, $"{folder} is removed.{Environment.NewLine}"), (removed.ExitCode, removed.Output));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Status_OfAnotherClone_NamesItAndEndsWith1()
    {
        string other = Directory.CreateDirectory(Path.Combine(_home.FullName, "other clone")).FullName;
        File.WriteAllText(Path.Combine(other, "mlops"), "");
        Assert.Equal(0, MlopsCommand.Run(other, ["kernel", "install"], Variables([])).ExitCode);
        CommandResult status = Mlops("kernel", "status");
        Assert.Equal((1, $"installed for another folder, {other}{Environment.NewLine}"), (status.ExitCode, status.Output));
    }

    [Fact]
    public void Uninstall_WithoutAKernel_SaysSoAndEndsWith0()
    {
        CommandResult removed = Mlops("kernel", "uninstall");
        Assert.Equal(0, removed.ExitCode);
        Assert.EndsWith("is not there; nothing was removed." + Environment.NewLine, removed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kernel install --user --prefix /x", "--user and --prefix exclude each other", "./mlops kernel install --help")]
    [InlineData("kernel install --prefix", "--prefix", "./mlops kernel install --help")]
    [InlineData("kernel instal", "instal", "./mlops kernel --help")]
    [InlineData("kernel", "'kernel' needs a verb: install, uninstall, status", "./mlops kernel --help")]
    public void Kernel_WrongOptions_EndWith2AndPointToTheHelp(string line, string named, string help)
    {
        CommandResult refused = Mlops(line.Split(' '));
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("mlops: ", refused.Errors, StringComparison.Ordinal);
        Assert.Contains(named, refused.Errors, StringComparison.Ordinal);
        Assert.Contains($"'{help}'", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Install_OfNoCourse_EndsWith2AndOneSentence()
    {
        CommandResult refused = MlopsCommand.Run(_home.FullName, ["kernel", "install"], Variables([]));
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal($"mlops: {_home.FullName} is no clone of the course: it has no file 'mlops'.{Environment.NewLine}", refused.Errors);
    }

    [Fact]
    public void Help_OfEachVerb_HasAnExample() =>
        Assert.All(new[] { "install", "uninstall", "status" }, verb => Assert.Contains($"./mlops kernel {verb}", Mlops("kernel", verb, "--help").Output, StringComparison.Ordinal));

    private CommandResult Mlops(params string[] arguments) => MlopsWith([], arguments);

    private CommandResult MlopsWith(Dictionary<string, string?> variables, params string[] arguments) =>
        MlopsCommand.Run(MlopsCommand.RepositoryRoot, arguments, Variables(variables));

    private Dictionary<string, string?> Variables(Dictionary<string, string?> more)
    {
        var all = new Dictionary<string, string?> { ["HOME"] = _home.FullName, ["JUPYTER_DATA_DIR"] = DataFolder };
        foreach ((string name, string? value) in more)
        {
            all[name] = value;
        }

        return all;
    }
}

/// <summary>A test of where Linux keeps a user's data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxHomeFactAttribute : FactAttribute
{
    public LinuxHomeFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "needs Linux: elsewhere a user's data lies in another folder";
        }
    }
}
