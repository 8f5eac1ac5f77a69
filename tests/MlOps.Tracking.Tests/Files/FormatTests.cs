using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Tracking.Files;
using YamlDotNet.RepresentationModel;

namespace MlOps.Tracking.Tests.Files;

public sealed class FormatTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-format-");

    public void Dispose() => _folder.Delete(recursive: true);

    // The right sides were printed by Python 3.11's repr.
    [Theory]
    [InlineData(1e16, "1e+16")]
    [InlineData(-1.5e16, "-1.5e+16")]
    [InlineData(12345678901234568d, "1.2345678901234568e+16")]
    [InlineData(99999999999999984d, "9.999999999999998e+16")]
    [InlineData(9999999999999998d, "9999999999999998.0")]
    [InlineData(1e17, "1e+17")]
    [InlineData(1.2345e22, "1.2345e+22")]
    [InlineData(-0.001, "-0.001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(100, "100.0")]
    public void MetricLine_Value_IsAsPythonPrintsIt(double value, string expected) => Assert.Equal($"1 {expected} 0\n", Line(new Metric("m", value, 1)));

    [Fact]
    public void MetricLine_AnyPoint_ReadsBackTheSame() => Prop.ForAll<double, long, long>((value, timestamp, step) =>
    {
        string line = Line(new Metric("m", value, timestamp, step));
        Assert.True(line.Length <= MetricLine.Longest);
        Assert.True(MetricLine.TryRead(Encoding.UTF8.GetBytes(line.TrimEnd('\n')), "m", out Metric read));
        Assert.Equal((timestamp, step, BitConverter.DoubleToInt64Bits(value)), (read.Timestamp, read.Step, BitConverter.DoubleToInt64Bits(read.Value)));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1 x 0")]
    [InlineData("1 0.5 0 1")]
    [InlineData("1 0.5 0 a b c")]
    [InlineData("1.5 0.5 0")]
    [InlineData("1  0.5 0")]
    [InlineData("1 0.5 x")]
    public void MetricLine_NoPoint_IsNotRead(string line) => Assert.False(MetricLine.TryRead(Encoding.UTF8.GetBytes(line), "m", out _));

    // YAML 1.1 as Python reads it, and 1.2: each of these would come back as something else than a text, or not at all.
    [Theory]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("Yes")]
    [InlineData("off")]
    [InlineData("TRUE")]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("0123")]
    [InlineData("0x1F")]
    [InlineData("0b1")]
    [InlineData("1_000")]
    [InlineData("1e3")]
    [InlineData("1.5")]
    [InlineData(".5")]
    [InlineData("-7")]
    [InlineData("190:20:30")]
    [InlineData(".inf")]
    [InlineData(".NaN")]
    [InlineData("2001-12-14")]
    [InlineData("2001-12-14 21:59:43.10")]
    [InlineData("")]
    [InlineData(" lead")]
    [InlineData("trail ")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("x:")]
    [InlineData("- a")]
    [InlineData("? a")]
    [InlineData("{a}")]
    [InlineData("[a]")]
    [InlineData("*a")]
    [InlineData("&a")]
    [InlineData("!a")]
    [InlineData("|")]
    [InlineData(">")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("`a")]
    [InlineData("'a'")]
    [InlineData("\"a\"")]
    [InlineData("=")]
    [InlineData("<<")]
    [InlineData("a\nb")]
    [InlineData("a\tb\0c")]
    public void Meta_TextThatLooksLikeSomethingElse_IsQuoted(string text)
    {
        string yaml = new MetaYaml().Set("name", text).ToString();
        Assert.Matches("^name: ['\"]", yaml);
        Assert.Equal(text, Loaded(yaml));
    }

    [Theory]
    [InlineData("6785d0d0b80a8b6145691f8089504b7c")]
    [InlineData("file:///tmp/ml%20runs/0")]
    [InlineData("mlflow-artifacts:/0")]
    [InlineData("crédit of asha")]
    [InlineData("a:b")]
    public void Meta_PlainText_IsNotQuoted(string text) => Assert.Equal($"name: {text}\n", new MetaYaml().Set("name", text).ToString());

    [Fact]
    public void Meta_AnyText_ReadsBackTheSame() => Prop.ForAll<NonNull<string>>(text =>
    {
        if (text.Get.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            return; // half a character has no UTF-8
        }

        string path = Path.Combine(_folder.FullName, "meta.yaml");
        new MetaYaml().Set("name", text.Get).Set("n", 5).Set("nothing", (string?)null).Set("tags", [new Tag(text.Get, text.Get)]).Write(path);
        MetaYaml read = MetaYaml.Read(path);
        Assert.Equal((text.Get, 5L, null), (read.Text("name"), read.Number("n"), read.Text("nothing")));
        Assert.Equal([new Tag(text.Get, text.Get)], read.Tags("tags"));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("file:./a%20b/c", "a b/c")]
    [InlineData("a%20b", "a%20b")]
    [InlineData("./x/../y/", "y")]
    public void Address_Relative_IsInTheWorkingFolder(string address, string expected) => Assert.Equal(Path.Combine(Environment.CurrentDirectory, expected), FileAddress.ToPath(address));

    [Theory]
    [InlineData("file:///a/b", "/a/b")]
    [InlineData("file:/a/b", "/a/b")]
    [InlineData("file://localhost/a", "/a")]
    [InlineData("/a/b/", "/a/b")]
    public void Address_Absolute_IsThePath(string address, string expected) => Assert.Equal(Path.GetFullPath(expected), FileAddress.ToPath(address));

    [Theory]
    [InlineData("file://mlruns")]
    [InlineData("file://server/share")]
    [InlineData("file:")]
    public void Address_OfAnotherMachineOrNothing_IsRefused(string address) =>
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => FileAddress.ToPath(address)).Error);

    [Theory]
    [InlineData("s3://bucket/a?x=1", "s3://bucket/a/r/artifacts?x=1")]
    [InlineData("file:///a/", "file:///a/r/artifacts")]
    [InlineData("/a?b", "/a?b/r/artifacts")]
    public void Address_Append_GoesBeforeTheQuery(string address, string expected) => Assert.Equal(expected, FileAddress.Append(address, "r/artifacts"));

    private static string Line(Metric point)
    {
        Span<byte> line = stackalloc byte[MetricLine.Longest];
        return Encoding.UTF8.GetString(line[..MetricLine.Write(line, point)]);
    }

    private static string? Loaded(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return ((YamlScalarNode)((YamlMappingNode)stream.Documents[0].RootNode)["name"]).Value;
    }
}
