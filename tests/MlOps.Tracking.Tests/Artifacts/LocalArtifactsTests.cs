using System.Diagnostics;
using System.Text;
using MlOps.Tracking.Artifacts;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Artifacts;

public sealed class LocalArtifactsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-artifacts-").FullName;
    private readonly LocalArtifacts _artifacts;

    public LocalArtifactsTests() => _artifacts = new LocalArtifacts(Path.Join(_folder, "artifacts"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_ThenRead_GivesTheBytesAndLeavesNothingElse()
    {
        Write("model/weights.bin", "one");
        Assert.Equal("one", Read("model/weights.bin"));
        Assert.Equal([Path.Join(_artifacts.Folder, "model"), Path.Join(_artifacts.Folder, "model/weights.bin")], Directory.EnumerateFileSystemEntries(_artifacts.Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Write_Again_Replaces()
    {
        Write("a.txt", "a long first text");
        Write("a.txt", "two");
        Assert.Equal("two", Read("a.txt"));
    }

    [Fact]
    public void Write_FromTheMiddleOfAStream_WritesTheRest()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("head|tail")) { Position = 5 };
        _artifacts.Write("rest.txt", content);
        Assert.Equal("tail", Read("rest.txt"));
    }

    [Fact]
    public void List_Folder_IsOrdinalWithSizesAndPathsFromTheTop()
    {
        Write("d/b.txt", "bb");
        Write("d/B.txt", "");
        Write("d/e/f.txt", "f");
        Assert.Equal([new ArtifactFile("d", true, null)], _artifacts.List());
        Assert.Equal([new ArtifactFile("d/B.txt", false, 0), new ArtifactFile("d/b.txt", false, 2), new ArtifactFile("d/e", true, null)], _artifacts.List("d"));
    }

    [Fact]
    public void List_WhatIsNoFolder_IsEmpty()
    {
        Assert.Empty(_artifacts.List());
        Write("a.txt", "a");
        Assert.Empty(_artifacts.List("a.txt"));
        Assert.Empty(_artifacts.List("nowhere"));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/./b")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("..\\b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData(".mlops-partial/x")]
    [InlineData("a/.mlops-partial")]
    public void Path_ThatIsATrick_IsRefusedEverywhere(string path)
    {
        Refused(TrackingError.InvalidParameterValue, () => Write(path, "x"));
        Refused(TrackingError.InvalidParameterValue, () => _artifacts.OpenRead(path));
        Refused(TrackingError.InvalidParameterValue, () => _artifacts.List(path));
        Refused(TrackingError.InvalidParameterValue, () => _artifacts.Delete(path));
    }

    [Fact]
    public void Path_NameAtTheLimit_IsAcceptedAndOverItRefused()
    {
        Write(new string('n', 255), "x");
        Refused(TrackingError.InvalidParameterValue, () => Write(new string('é', 128), "x")); // 256 bytes
        Refused(TrackingError.InvalidParameterValue, () => Write("", "x"));
    }

    [Theory]
    [InlineData("outside")]
    [InlineData("artifacts/inside")]
    public void Link_WhereverItPoints_IsNotFollowed(string aim)
    {
        string pointed = Directory.CreateDirectory(Path.Join(_folder, aim)).FullName;
        File.WriteAllText(Path.Join(pointed, "secret.txt"), "secret");
        Directory.CreateDirectory(Path.Join(_artifacts.Folder, "d"));
        Directory.CreateSymbolicLink(Path.Join(_artifacts.Folder, "d/link"), pointed);
        File.CreateSymbolicLink(Path.Join(_artifacts.Folder, "d/file"), Path.Join(pointed, "secret.txt"));

        foreach (string path in (string[])["d/link/secret.txt", "d/file"])
        {
            Refused(TrackingError.InvalidParameterValue, () => _artifacts.OpenRead(path));
            Refused(TrackingError.InvalidParameterValue, () => Write(path, "changed"));
            Refused(TrackingError.InvalidParameterValue, () => _artifacts.Delete(path));
        }

        Refused(TrackingError.InvalidParameterValue, () => _artifacts.List("d/link"));
        Assert.Empty(_artifacts.List("d"));
        _artifacts.Delete("d");
        Assert.Equal("secret", File.ReadAllText(Path.Join(pointed, "secret.txt")));
    }

    [Fact]
    public void Read_WhatIsNotThere_SaysSo()
    {
        Write("d/a.txt", "x");
        Refused(TrackingError.ResourceDoesNotExist, () => _artifacts.OpenRead("b.txt"));
        Refused(TrackingError.ResourceDoesNotExist, () => _artifacts.OpenRead("no/b.txt"));
        Refused(TrackingError.ResourceDoesNotExist, () => _artifacts.OpenRead("d"));
        Refused(TrackingError.ResourceDoesNotExist, () => _artifacts.Delete("b.txt"));
    }

    [Fact]
    public void Write_OverAFolderOrThroughAFile_IsRefused()
    {
        Write("d/a.txt", "x");
        Refused(TrackingError.InvalidParameterValue, () => Write("d", "x"));
        Refused(TrackingError.InvalidParameterValue, () => Write("d/a.txt/b", "x"));
        Assert.Equal("x", Read("d/a.txt"));
    }

    [Fact]
    public void Write_SourceFailsInTheMiddle_KeepsTheOldFileAndNoPart()
    {
        Write("a.txt", "old");
        Assert.Equal("the line broke", Assert.Throws<IOException>(() => _artifacts.Write("a.txt", new BrokenStream())).Message);
        Assert.Equal("old", Read("a.txt"));
        Assert.False(Directory.Exists(Path.Join(_artifacts.Folder, ".mlops-partial")));
    }

    [Fact]
    public void Write_DiskFull_SaysSoAndLeavesNoPart()
    {
        string mount = Path.Join(_folder, "small");
        Directory.CreateDirectory(mount);
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount) != 0)
        {
            return; // only root may make a small disk
        }

        try
        {
            var artifacts = new LocalArtifacts(Path.Join(mount, "artifacts"));
            artifacts.Write("kept.txt", new MemoryStream([1]));
            Refused(TrackingError.TemporarilyUnavailable, () => artifacts.Write("big.bin", new MemoryStream(new byte[1_000_000])));
            Assert.Equal([new ArtifactFile("kept.txt", false, 1)], artifacts.List());
            Assert.False(Directory.Exists(Path.Join(artifacts.Folder, ".mlops-partial")));
            artifacts.Write("small.bin", new MemoryStream(new byte[1000]));
        }
        finally
        {
            Run("umount", mount);
        }
    }

    [Fact]
    public void Write_AfterADay_ClearsWhatAKilledProcessLeft()
    {
        string partial = Path.Join(_artifacts.Folder, ".mlops-partial");
        Directory.CreateDirectory(partial);
        File.WriteAllText(Path.Join(partial, "young"), "x");
        File.WriteAllText(Path.Join(partial, "old"), "x");
        File.SetLastWriteTimeUtc(Path.Join(partial, "old"), DateTime.UtcNow.AddHours(-25));
        Write("a.txt", "a");
        Assert.Equal([Path.Join(partial, "young")], Directory.EnumerateFiles(partial));
        Assert.Equal(["a.txt"], _artifacts.List().Select(f => f.Path));
    }

    [Fact]
    public void Write_ManyAtOnceOnOnePath_LeavesOneWholeFile()
    {
        Parallel.For(0, 40, i => _artifacts.Write("one.bin", new MemoryStream([.. Enumerable.Repeat((byte)i, 200_000)])));
        using Stream stream = _artifacts.OpenRead("one.bin");
        byte[] bytes = new byte[300_000];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        Assert.Equal(200_000, read);
        Assert.Single(bytes.Take(read).Distinct());
        Assert.Single(_artifacts.List());
    }

    [Fact]
    public void Write_KilledInTheMiddle_NeverShowsAHalfFile()
    {
        var random = new Random(7);
        for (int round = 0; round < 10; round++)
        {
            using Process child = Process.Start(new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, "write-artifacts", _artifacts.Folder]) { RedirectStandardOutput = true })!;
            Assert.Equal("writing", child.StandardOutput.ReadLine());
            Thread.Sleep(random.Next(30));
            child.Kill();
            child.WaitForExit();
            foreach (ArtifactFile file in _artifacts.List())
            {
                Assert.Equal(WriteLength, file.Size);
                using Stream stream = _artifacts.OpenRead(file.Path);
                byte[] bytes = new byte[WriteLength];
                stream.ReadExactly(bytes);
                Assert.DoesNotContain(bytes, b => b != bytes[0]);
            }
        }
    }

    private const int WriteLength = 3_000_000;

    /// <summary>Writes artifacts until it is killed.</summary>
    internal static int WriteForEver(string folder)
    {
        var artifacts = new LocalArtifacts(folder);
        Console.WriteLine("writing");
        for (int i = 0; ; i++)
        {
            byte[] bytes = new byte[WriteLength];
            Array.Fill(bytes, (byte)i);
            artifacts.Write($"file-{i % 3}", new MemoryStream(bytes));
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Refused(TrackingError error, Action action) => Assert.Equal(error, Assert.Throws<TrackingException>(action).Error);

    private void Write(string path, string text) => _artifacts.Write(path, new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private string Read(string path)
    {
        using var reader = new StreamReader(_artifacts.OpenRead(path));
        return reader.ReadToEnd();
    }

    private sealed class BrokenStream : MemoryStream
    {
        private int _reads;

        public override int Read(Span<byte> buffer) => _reads++ == 0 ? 10 : throw new IOException("the line broke");
    }
}
