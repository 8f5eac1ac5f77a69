using System.IO.Compression;
using System.Text;
using MlOps.Grading.Exercises;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Submissions;

/// <summary>A folder of submissions that a test builds and that is gone afterwards.</summary>
internal sealed class Collected : IDisposable
{
    internal static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mlops-collected-");

    internal string Folder => _root.FullName;

    internal static Exercise Psi => Exercise("12.3", "12.3-psi.cs");

    internal static Exercise Exercise(string id, string file) => new()
    {
        Id = id, Week = int.Parse(id.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture), File = file, Title = "t", Kind = ExerciseKind.Code,
        Points = 4, Bloom = BloomLevel.Apply, Objective = "o", Section = "s", Statement = "s", Hints = ["1", "2", "3"],
    };

    internal string At(string path) => Path.Combine(Folder, path);

    internal Collected File(string path, string text = "class A;") => File(path, Encoding.UTF8.GetBytes(text));

    internal Collected File(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        System.IO.File.WriteAllBytes(At(path), bytes);
        System.IO.File.SetLastWriteTimeUtc(At(path), Noon.UtcDateTime);
        return this;
    }

    internal Collected Empty(string folder)
    {
        Directory.CreateDirectory(At(folder));
        return this;
    }

    internal Collected Zip(string path, params (string Name, string Text)[] entries) => File(path, Zipped(entries));

    internal static byte[] Zipped(params (string Name, string Text)[] entries) => Zipped(null, [.. entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Text)))]);

    internal static byte[] Zipped(Action<ZipArchiveEntry>? change, params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.LastWriteTime = Noon;
                change?.Invoke(entry);
                using Stream content = entry.Open();
                content.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    internal IReadOnlyList<Submission> Read(SubmissionLimits? limits = null) => SubmissionSet.Read(Folder, limits);

    internal Submission One(SubmissionLimits? limits = null) => Assert.Single(Read(limits));

    public void Dispose()
    {
        _root.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
