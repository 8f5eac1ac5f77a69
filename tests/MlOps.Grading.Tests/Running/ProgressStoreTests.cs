using MlOps.Grading.Running;

namespace MlOps.Grading.Tests.Running;

public sealed class ProgressStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-test-");

    private string File => Path.Combine(_folder.FullName, "artifacts", "progress.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Save_ThenOpen_RemembersPointsHintsAndFile()
    {
        string source = Path.Combine(_folder.FullName, "a.cs");
        System.IO.File.WriteAllText(source, "abc");
        var store = ProgressStore.Open(File);
        store.Checked("12.3", 1.5, 2, source);
        store.OpenHint("12.3", most: 3);
        store.Save();

        // SHA-256 of "abc" as FIPS 180-4 gives it.
        Assert.Equal(
            new ExerciseProgress(1.5, 2, 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ProgressStore.Open(File).Of("12.3"));
    }

    [Fact]
    public void OpenHint_MoreOftenThanThereAre_StopsAtTheLast()
    {
        var store = ProgressStore.Open(File);
        for (int i = 0; i < 5; i++)
        {
            store.OpenHint("12.3", most: 3);
        }

        Assert.Equal(3, store.Of("12.3").HintsOpened);
    }

    [Fact]
    public void Open_DamagedFile_BeginsAnew()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "{\"12.3\": {\"Ear");

        Assert.Equal(new ExerciseProgress(0, 0, 0, null), ProgressStore.Open(File).Of("12.3"));
    }
}
