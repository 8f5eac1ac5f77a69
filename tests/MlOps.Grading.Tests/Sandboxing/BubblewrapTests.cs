using System.Globalization;
using MlOps.Grading.Calling;

namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>What student code sees in the full sandbox.</summary>
public sealed class BubblewrapTests
{
    [BubblewrapFact]
    public void Files_OutsideTheSandbox_AreNotThere()
    {
        string here = Path.GetFullPath(AppContext.BaseDirectory);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        using StudentRun run = Run($$"""
            string[] places = ["/etc/passwd", "/etc", "/home", "/root", "/var", "/bin", "/usr/bin", "/bin/sh", @"{{here}}", @"{{home}}", "/proc/{{Environment.ProcessId}}"];
            return string.Join(' ', places.Where(place => File.Exists(place) || Directory.Exists(place)));
            """);

        Assert.Equal("", run.Answers());
    }

    [BubblewrapFact]
    public void Processes_OfOthers_AreNotThere()
    {
        // Inside, the guard is process 1 and the host process 2.
        using StudentRun run = Run("return string.Join(' ', Directory.EnumerateDirectories(\"/proc\").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit)).Order());");

        Assert.Equal("1 2", run.Answers());
    }

    [BubblewrapFact]
    public void Writing_OutsideItsTemporaryFolder_Fails()
    {
        using StudentRun run = Run("""
            string written = "";
            foreach (string folder in new[] { "/", "/usr", "/usr/lib", "/dotnet", "/host", "/dev", "/dev/shm", "/proc", "/proc/sys/kernel", "/tmp" })
            {
                try { File.WriteAllText(Path.Combine(folder, "x"), "x"); written += folder; } catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
            }
            return written;
            """);

        Assert.Equal("/tmp", run.Answers());
    }

    [BubblewrapFact]
    public void Deleting_TheHost_Fails()
    {
        using StudentRun run = Run("""
            int deleted = 0;
            foreach (string file in Directory.EnumerateFiles("/host").Concat(Directory.EnumerateFiles("/dotnet", "*", SearchOption.AllDirectories)).Concat(Directory.EnumerateFiles("/usr/lib")))
            {
                try { File.Delete(file); deleted++; } catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
            }
            return deleted.ToString();
            """);

        Assert.Equal("0", run.Answers());
    }

    [BubblewrapFact]
    public void TemporaryFolder_IsLimitedInSum()
    {
        using StudentRun run = Run("""
            byte[] bytes = new byte[16 << 20];
            int files = 0;
            try { for (; files < 100; files++) File.WriteAllBytes("/tmp/" + files, bytes); } catch (IOException) { }
            return files.ToString();
            """);

        Assert.InRange(int.Parse(run.Answers(), CultureInfo.InvariantCulture), 1, 4); // 64 MiB in files of 16 MiB
    }

    [BubblewrapFact]
    public void Privileges_AreGone()
    {
        using StudentRun run = Run("return string.Join(' ', File.ReadLines(\"/proc/self/status\").Where(line => line.StartsWith(\"CapEff\") || line.StartsWith(\"CapBnd\") || line.StartsWith(\"NoNewPrivs\") || line.StartsWith(\"Seccomp:\")).Select(line => line.Split('\\t')[1]));");

        Assert.Equal("0000000000000000 0000000000000000 1 2", run.Answers()); // 2 is SECCOMP_MODE_FILTER
    }

    [BubblewrapFact]
    public void Network_HasNoInterface()
    {
        using StudentRun run = Run("return string.Join(' ', File.ReadLines(\"/proc/self/net/dev\").Skip(2).Select(line => line.Split(':')[0].Trim()).Where(name => name != \"lo\"));");

        Assert.Equal("", run.Answers());
    }

    [BubblewrapFact]
    public void Limits_AreSet()
    {
        using StudentRun run = Run("return string.Join(' ', File.ReadLines(\"/proc/self/limits\").Where(line => line.StartsWith(\"Max cpu\") || line.StartsWith(\"Max file size\") || line.StartsWith(\"Max address\") || line.StartsWith(\"Max core\")).Select(line => line[26..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0] + '/' + line[26..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));");

        // Defaults of SandboxLimits: 30 s (2 s more until the kill), 64 MiB, no core file, 3 GiB.
        Assert.Equal("30/32 67108864/67108864 0/0 3221225472/3221225472", run.Answers());
    }

    [BubblewrapFact]
    public void Libraries_AreReadableAndNothingBesideThem()
    {
        using var folder = new LibraryFolder();
        byte[] student = SourceCompiler.Image("student", "public static class Work { public static string Run() => Course.Name.Text + ' ' + string.Join(' ', Directory.EnumerateFiles(\"/libraries\").Select(Path.GetFileName)); }", folder.Library);
        using StudentCode code = StudentCode.Start(Sandboxes.Best, new StudentAssembly("1.1-test", student, [folder.Library]), TimeSpan.FromMinutes(1));

        Assert.Equal("from the course course.dll", code.Static<StudentRun.IWork>().Run());
    }

    private static StudentRun Run(string body) => new(Sandboxes.Best, "public static class Work { public static string Run() { " + body + " } }");
}
