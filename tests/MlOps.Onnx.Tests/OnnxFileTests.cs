using Google.Protobuf;
using MlOps.Onnx.Checking;

namespace MlOps.Onnx.Tests;

public sealed class OnnxFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-onnx-");

    public static TheoryData<string> Files() => TestFiles.All();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public void Save_FileOfPython_LosesNothing(string name)
    {
        byte[] before = File.ReadAllBytes(TestFiles.At(name));
        string path = Write("copy.onnx", []);
        TestFiles.Load(name).Save(path);
        byte[] after = File.ReadAllBytes(path);
        // Unknown fields go to the end of their message, so the order of bytes may differ; what they say must not.
        Assert.Equal(Canonical(before), Canonical(after));
        Assert.Equal(before.Length, after.Length);
        if (name != "unknown.onnx")
        {
            Assert.Equal(before, after);
        }
    }

    [Fact]
    public void Load_UnknownFields_AreKeptThroughAnEdit()
    {
        OnnxFile file = TestFiles.Load("unknown.onnx");
        file.Graph.Rename("w", "weights");
        file.SetMetadata("author", null);
        string text = System.Text.Encoding.UTF8.GetString(file.ToByteArray());
        Assert.Contains("SCALE_TENSOR", text, StringComparison.Ordinal);
        Assert.Contains("crème", text, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody else", text, StringComparison.Ordinal);
        Assert.Contains("s", file.Graph.SparseInitializer.Select(sparse => sparse.Values.Name));
        Assert.Contains("step", text, StringComparison.Ordinal); // training_info
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_CutOffAnywhere_IsToldWithTheFileName(string name)
    {
        byte[] bytes = File.ReadAllBytes(TestFiles.At(name));
        for (int length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 97))
        {
            string path = Write("cut.onnx", bytes[..length]);
            try
            {
                // A cut between two fields leaves a file that is well-formed and incomplete: then the checker or the runtime finds it.
                OnnxFile file = OnnxFile.Load(path);
                if (OnnxChecker.Check(file).All(finding => finding.Severity == OnnxSeverity.Warning))
                {
                    using var model = OnnxModel.Load(path);
                }
            }
            catch (OnnxException e)
            {
                Assert.Contains("cut.onnx", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void LoadAndRun_RandomDamage_GivesAModelOrAnOnnxException()
    {
        var random = new Random(7);
        byte[] whole = File.ReadAllBytes(TestFiles.At("zipmap.onnx"));
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];
            for (int k = 0; k <= i % 4; k++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            string path = Write("damaged.onnx", damaged);
            try
            {
                OnnxFile file = OnnxFile.Load(path);
                OnnxChecker.Check(file);
                using var model = OnnxModel.Load(path);
                model.Predict(new Learning.Matrix(1, 2, [1, 2]));
            }
            catch (Exception e) when (e is OnnxException or ArgumentException)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("age,income\n1,2\n")]
    [InlineData("PK\u0003\u0004 something else")]
    public void Load_NoOnnxFile_IsToldWithTheFileName(string content)
    {
        string path = Write("not-onnx.onnx", System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Contains("not-onnx.onnx is no ONNX model", Assert.Throws<OnnxException>(() => OnnxFile.Load(path)).Message, StringComparison.Ordinal);
        Assert.Contains("not-onnx.onnx", Assert.Throws<OnnxException>(() => OnnxModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFile_IsTold() => Assert.Throws<FileNotFoundException>(() => OnnxModel.Load(Path.Combine(_folder.FullName, "missing.onnx")));

    [Fact]
    public void Save_FolderIsMissing_LeavesNothing()
    {
        string path = Path.Combine(_folder.FullName, "no", "model.onnx");
        Assert.Throws<DirectoryNotFoundException>(() => TestFiles.Load("branch.onnx").Save(path));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void EmbedExternalData_ValuesInAnotherFile_ComeIn()
    {
        OnnxFile file = TestFiles.Load("external.onnx");
        Assert.Contains("'w'", Assert.Throws<OnnxException>(() => file.Graph.Constant("w")!.ToFloats()).Message, StringComparison.Ordinal);
        file.EmbedExternalData(TestFiles.At(""));
        Assert.Equal([3f, 4f], file.Graph.Constant("w")!.ToFloats());
        using var embedded = OnnxModel.Open(file);
        using var beside = OnnxModel.Load(TestFiles.At("external.onnx"));
        var x = new Learning.Matrix(1, 2, [10, 100]);
        Assert.Equal([30, 400], embedded.Run(x, "y").Values.ToArray());
        Assert.Equal([30, 400], beside.Run(x, "y").Values.ToArray());
    }

    [Theory]
    [InlineData("location", "../secret.bin", "outside")]
    [InlineData("location", "/etc/passwd", "outside")]
    [InlineData("location", "nowhere.bin", "missing")]
    [InlineData("length", "9999999999", "12 bytes")]
    [InlineData("offset", "-4", "no number")]
    public void EmbedExternalData_HostileEntry_IsTold(string key, string value, string told)
    {
        OnnxFile file = TestFiles.Load("external.onnx");
        file.Graph.Initializer[0].ExternalData.Single(entry => entry.Key == key).Value = value;
        string message = Assert.Throws<OnnxException>(() => file.EmbedExternalData(TestFiles.At(""))).Message;
        Assert.Contains("'w'", message, StringComparison.Ordinal);
        Assert.Contains(told, message, StringComparison.Ordinal);
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>The fields of a message with the order of different fields taken out: number, then content, messages within treated alike.</summary>
    private static string Canonical(ReadOnlySpan<byte> bytes)
    {
        var input = new CodedInputStream(bytes.ToArray());
        var fields = new List<(int Field, string Content)>();
        while (!input.IsAtEnd)
        {
            uint tag = input.ReadTag();
            string content = (tag & 7) switch
            {
                0 => input.ReadUInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
                1 => input.ReadFixed64().ToString(System.Globalization.CultureInfo.InvariantCulture),
                5 => input.ReadFixed32().ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => Inner(input.ReadBytes()),
            };
            fields.Add(((int)(tag >> 3), content));
        }

        return string.Join(';', fields.OrderBy(field => field.Field).Select(field => $"{field.Field}={field.Content}")); // a stable sort keeps lists in order
    }

    /// <summary>What may be a message is taken apart; all else is bytes.</summary>
    private static string Inner(ByteString bytes)
    {
        try
        {
            return "{" + Canonical(bytes.Span) + "}";
        }
        catch (InvalidProtocolBufferException)
        {
            return bytes.ToBase64();
        }
    }
}
