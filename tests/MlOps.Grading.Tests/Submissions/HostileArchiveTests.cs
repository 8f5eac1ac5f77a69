using System.Buffers.Binary;
using System.IO.Compression;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Submissions;

public class HostileArchiveTests
{
    // Offsets by PKWARE's APPNOTE: flags at 6 in a local header and at 8 in a central one; sizes at 18/22 and 20/24.
    private static readonly byte[] Central = [0x50, 0x4B, 1, 2];

    [Theory]
    [InlineData("../../12.3-psi.cs", "climbs out")]
    [InlineData("week12/../../12.3-psi.cs", "climbs out")]
    [InlineData("/etc/12.3-psi.cs", "does not start inside")]
    [InlineData("C:/12.3-psi.cs", "does not start inside")]
    [InlineData("week12\\12.3-psi.cs", "backslashes")]
    [InlineData("week12/12.3-psi.cs\0.cs", "NUL")]
    public void Read_PathsOutOfTheArchive_AreRefusedAndTheRestIsRead(string name, string reason)
    {
        using Collected collected = new Collected().Zip("anna.zip", (name, "bad"), ("week12/12.4-b.cs", "good"));

        Submission anna = collected.One();

        Assert.Equal(["week12/12.4-b.cs"], anna.Files.Select(file => file.Path));
        string note = Assert.Single(anna.Notes);
        Assert.Contains("was refused", note, StringComparison.Ordinal);
        Assert.Contains(reason, note, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', note);
    }

    [Fact]
    public void Read_PathsOutOfTheArchiveOfAll_AreNotedAtTheirStudent()
    {
        using Collected collected = new Collected().Zip("all.zip", ("anna/../ben/week12/12.3-psi.cs", "bad"), ("anna/week12/12.4-b.cs", "good"), ("ben/week12/12.4-b.cs", "good"), ("../x/12.3-psi.cs", "bad"));

        IReadOnlyList<Submission> all = SubmissionSet.Read(collected.At("all.zip"));

        Assert.Equal(["anna", "ben"], all.Select(submission => submission.Student));
        Assert.Contains("climbs out", Assert.Single(all[0].Notes), StringComparison.Ordinal);
        Assert.Empty(all[1].Notes);
    }

    [Theory]
    [InlineData(0xA1FF)] // link
    [InlineData(0x11A4)] // pipe
    public void Read_LinksAndPipesInAnArchive_AreRefused(int mode)
    {
        using Collected collected = new Collected().File("anna.zip", Collected.Zipped(entry => entry.ExternalAttributes = mode << 16, ("week12/12.3-psi.cs", "/etc/passwd"u8.ToArray())));

        Submission anna = collected.One();

        Assert.Null(anna.Find(Collected.Psi, out string? problem));
        Assert.Equal("12.3-psi.cs is a link or device, not a file; hand in the file itself.", problem);
        Assert.Equal(["week12/12.3-psi.cs is a link or device in the archive; it was not read."], anna.Notes);
    }

    [Fact]
    public void Read_BombThatTellsItsSize_IsNotUnpacked()
    {
        using Collected collected = new Collected().File("anna.zip", Collected.Zipped(null, ("week12/12.3-psi.cs", new byte[50 << 20]), ("week12/12.4-b.cs", "good"u8.ToArray())));

        Submission anna = collected.One();

        Assert.Null(anna.Find(Collected.Psi, out string? problem));
        Assert.Equal("12.3-psi.cs has 50.0 MB; at most 1 MB is read.", problem);
        Assert.NotNull(anna.Find(Collected.Exercise("12.4", "12.4-b.cs"), out _));
    }

    [Fact]
    public void Read_BombWithALyingHeader_IsMeasuredWhileReading()
    {
        byte[] zip = Collected.Zipped(null, ("week12/12.3-psi.cs", new byte[50 << 20]));
        int central = zip.AsSpan().IndexOf(Central);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(central + 24), 100); // "I unpack to 100 bytes"
        using Collected collected = new Collected().File("anna.zip", zip);

        Submission anna = collected.One();

        Assert.Null(anna.Find(Collected.Psi, out string? problem));
        Assert.True(problem is "12.3-psi.cs has more than 1 MB; at most 1 MB is read." or "12.3-psi.cs is damaged inside the archive: its checksum is wrong.", problem);
    }

    [Fact]
    public void Read_BombOfManyFiles_StopsAtTheTotal()
    {
        byte[] mega = new byte[1 << 20];
        using Collected collected = new Collected().File("anna.zip", Collected.Zipped(null, [.. Enumerable.Range(0, 100).Select(i => ($"week12/12.{i}-a.cs", mega))]));

        Submission anna = collected.One();

        Assert.Equal(100, anna.Files.Count);
        Assert.Equal(64, anna.Files.Count(file => file.Bytes is not null));
        Assert.All(anna.Files.Where(file => file.Bytes is null), file => Assert.EndsWith("was not read: the submission has more than 64 MB.", file.Problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ArchiveWithoutEnd_IsOneNoteAndNoFiles()
    {
        byte[] whole = Collected.Zipped(("week12/12.3-psi.cs", "class Psi;"));
        using Collected collected = new Collected().File("anna.zip", whole[..^10]).File("ben.zip", "this is no zip").File("carl.zip", whole);

        IReadOnlyList<Submission> all = collected.Read();

        Assert.All(all.Take(2), submission =>
        {
            Assert.Empty(submission.Files);
            Assert.Equal(["The archive is not a readable zip: it is damaged, cut off, or of another kind. Nothing of it was read."], submission.Notes);
        });
        Assert.NotNull(all[2].Find(Collected.Psi, out _));
        Assert.Contains("is not a readable zip", Assert.Throws<ArgumentException>("path", () => SubmissionSet.Read(collected.At("ben.zip"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EncryptedArchive_IsOneNoteAndNoFiles()
    {
        byte[] zip = Collected.Zipped(("week12/12.3-psi.cs", "x"), ("week12/12.4-b.cs", "y"));
        foreach (int central in new[] { zip.AsSpan().IndexOf(Central), zip.AsSpan().LastIndexOf(Central) })
        {
            zip[central + 8] |= 1;
        }

        zip[6] |= 1;
        using Collected collected = new Collected().File("anna.zip", zip);

        Assert.Empty(collected.One().Files);
        Assert.Equal(["The archive is protected by a password; nothing of it was read."], collected.One().Notes);
    }

    [Fact]
    public void Read_DamagedContent_IsAProblemOfThatFile()
    {
        byte[] bytes = "class Psi { /* a text that is stored as it is */ }"u8.ToArray();
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (Stream content = archive.CreateEntry("week12/12.3-psi.cs", CompressionLevel.NoCompression).Open())
            {
                content.Write(bytes);
            }

            using Stream other = archive.CreateEntry("week12/12.4-b.cs").Open();
            other.Write("good"u8);
        }

        byte[] zip = stream.ToArray();
        zip[zip.AsSpan().IndexOf("a text"u8)] ^= 1;
        using Collected collected = new Collected().File("anna.zip", zip);

        Submission anna = collected.One();

        Assert.Null(anna.Find(Collected.Psi, out string? problem));
        Assert.Equal("12.3-psi.cs is damaged inside the archive: its checksum is wrong.", problem);
        Assert.NotNull(anna.Find(Collected.Exercise("12.4", "12.4-b.cs"), out _));
    }

    [Fact]
    public void Read_ArchivesWithRandomDamage_NeverFailTheBatch()
    {
        byte[] zip = Collected.Zipped(null, ("week12/12.3-psi.cs", [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * i))]), ("week12/12.4-b.cs", "good"u8.ToArray()), ("more.zip", Collected.Zipped(("week11/11.1-a.cs", "x"))));
        var random = new Random(12);
        using var collected = new Collected();
        for (int round = 0; round < 400; round++)
        {
            byte[] damaged = [.. zip];
            int from = round % 2 == 0 ? 0 : zip.Length - 400; // half of the damage goes to the list at the end
            for (int flips = random.Next(1, 8); flips > 0; flips--)
            {
                damaged[random.Next(from, zip.Length)] = (byte)random.Next(256);
            }

            collected.File("anna.zip", damaged[..(round % 5 == 0 ? random.Next(1, zip.Length) : zip.Length)]);

            Submission anna = collected.One();

            Assert.All(anna.Files, file => Assert.True(file.Bytes is null != file.Problem is null));
        }
    }

    [Fact]
    public void Read_ManyRefusedEntries_KeepTheNotesShort()
    {
        using Collected collected = new Collected().Zip("anna.zip", [.. Enumerable.Range(0, 500).Select(i => ($"../{i}", "x"))]);

        IReadOnlyList<string> notes = collected.One().Notes;

        Assert.Equal(21, notes.Count);
        Assert.Equal("And 480 more notes of this kind.", notes[^1]);
    }

    [Fact]
    public void Crc32_CheckValue_IsThePublishedOne() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8)); // the check value of CRC-32/ISO-HDLC in catalogues of CRCs
}
