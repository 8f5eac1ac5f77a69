using System.Text;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Contract;

public abstract partial class TrackingStoreContract
{
    private static void Write(IArtifactStore files, string path, string text) => files.Write(path, new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static string Read(IArtifactStore files, string path)
    {
        using var reader = new StreamReader(files.OpenRead(path));
        return reader.ReadToEnd();
    }

    [ContractFact]
    public void Artifacts_AreWrittenListedReplacedAndDeleted()
    {
        IArtifactStore files = Store.OpenArtifacts(Store.GetRun(NewRun()).Info.ArtifactUri);
        Assert.Empty(files.List());
        Write(files, "notes.txt", "first");
        Write(files, "notes.txt", "second");
        Write(files, "model/weights é 100%.bin", "w");
        Write(files, "model/deep/er/x.json", "{}");
        Assert.Equal([new ArtifactFile("model", true, null), new ArtifactFile("notes.txt", false, 6)], files.List());
        Assert.Equal([new ArtifactFile("model/deep", true, null), new ArtifactFile("model/weights é 100%.bin", false, 1)], files.List("model"));
        Assert.Equal("second", Read(files, "notes.txt"));
        Assert.Equal("w", Read(files, "model/weights é 100%.bin"));
        Assert.Empty(files.List("nothing/here"));
        Refused(TrackingError.ResourceDoesNotExist, () => files.OpenRead("nothing.txt").Dispose());
        files.Delete("model");
        Assert.Equal(["notes.txt"], files.List().Select(file => file.Path));
    }

    [ContractFact]
    public void Artifacts_BinaryOfAMegabyte_ComesBackAsItWas()
    {
        IArtifactStore files = Store.OpenArtifacts(Store.GetRun(NewRun()).Info.ArtifactUri);
        byte[] bytes = new byte[1_048_583];
        new Random(3).NextBytes(bytes);
        files.Write("blob.bin", new MemoryStream(bytes));
        using var copy = new MemoryStream();
        using (Stream stream = files.OpenRead("blob.bin"))
        {
            stream.CopyTo(copy);
        }

        Assert.Equal(bytes, copy.ToArray());
        files.Write("empty", new MemoryStream());
        Assert.Equal(0, files.List().Single(file => file.Path == "empty").Size);
    }

    [ContractFact]
    public void Artifacts_PathTricks_AreRefused()
    {
        IArtifactStore files = Store.OpenArtifacts(Store.GetRun(NewRun()).Info.ArtifactUri);
        foreach (string path in new[] { "../outside.txt", "a/../../outside.txt", "/etc/outside", "a//b", ".", "", "a\\..\\b", "nul\0l", "..", "a/.." })
        {
            Refused(TrackingError.InvalidParameterValue, () => Write(files, path, "x"));
            Refused(TrackingError.InvalidParameterValue, () => files.OpenRead(path).Dispose());
        }

        Refused(TrackingError.InvalidParameterValue, () => files.List("../.."));
        Refused(TrackingError.InvalidParameterValue, () => files.Delete("../.."));
        Assert.Empty(files.List());
    }
}
