using MlOps.Data;

namespace MlOps.Onnx.Tests;

public sealed class ModelFactsTests
{
    [Fact]
    public void Facts_WrittenAndRead_AreTheSame()
    {
        OnnxFile file = TestFiles.Load("branch.onnx");
        file.SetMetadata("author", "me");
        file.Facts = new ModelFacts
        {
            Kind = "LogisticModel",
            Features = ["radius, mean", "\"texture\"", "größe"],
            Classes = ["malignant", "benign"],
            Parameters = new Dictionary<string, string> { ["lambda"] = "0.5" },
            TrainingDataHash = "ab12",
            VerifiedRows = 114,
            VerifiedDifference = 1.1920928955078125e-07,
        };
        ModelFacts read = OnnxFile.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(file)).Facts;
        Assert.Equal(file.Facts.Features, read.Features);
        Assert.Equal(["malignant", "benign"], read.Classes);
        Assert.Equal(("LogisticModel", "ab12", 114, 1.1920928955078125e-07), (read.Kind, read.TrainingDataHash, read.VerifiedRows, read.VerifiedDifference));
        Assert.Equal("0.5", read.Parameters["lambda"]);
        Assert.Equal("me", file.Metadata["author"]);
        Assert.Contains("größe", file.Metadata["mlops.features"], StringComparison.Ordinal); // readable by people and other tools
        file.Facts = new ModelFacts();
        Assert.Equal(["author"], file.Metadata.Keys);
    }

    [Theory]
    [InlineData("mlops.features", "income")]
    [InlineData("mlops.features", "[1, 2]")]
    [InlineData("mlops.classes", "[null]")]
    [InlineData("mlops.verified.rows", "many")]
    public void Facts_OtherThingUnderTheName_IsTold(string key, string value)
    {
        OnnxFile file = TestFiles.Load("branch.onnx");
        file.SetMetadata(key, value);
        Assert.Contains(key, Assert.Throws<OnnxException>(() => file.Facts).Message, StringComparison.Ordinal);
        Assert.Contains(key, Assert.Throws<OnnxException>(() => OnnxModel.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingDataHash_EqualTables_AreEqualHoweverTheyWereMade()
    {
        var table = new Table(Column.Of("age", 40.0, double.NaN), Column.Of("city", "Pune", null));
        var nullable = new Table(Column.Of("age", (double?)40, null), Column.Of("city", "Pune", null));
        Table rest = new Table(Column.Of("age", 1.0, 40.0, double.NaN), Column.Of("city", "Goa", "Pune", null)).Take(1, 2); // "Goa" is still one of its levels
        Assert.Equal(TrainingDataHash.Of(table), TrainingDataHash.Of(nullable));
        Assert.Equal(TrainingDataHash.Of(table), TrainingDataHash.Of(rest));
    }

    [Fact]
    public void TrainingDataHash_AnyChange_ChangesIt()
    {
        Table[] different =
        [
            new(Column.Of("a", 1.0, 2.0)), new(Column.Of("a", 1L, 2L)), new(Column.Of("a", 2.0, 1.0)), new(Column.Of("b", 1.0, 2.0)), new(Column.Of("a", 1.0, double.NaN)),
            new(Column.Of("a", "1", "2")), new(Column.Of("a", "12", "")), new(Column.Of("a", "12", null)), new(Column.Of("a", 1.0, 2.0), Column.Of("b", 1.0, 2.0)), new(Column.Of("a", 1.0)),
        ];
        Assert.Equal(different.Length, different.Select(TrainingDataHash.Of).Distinct().Count());
        Assert.All(different, table => Assert.Matches("^[0-9a-f]{64}$", TrainingDataHash.Of(table)));
        Assert.Equal(TrainingDataHash.Of(new Table(Column.Of("a", 0.0))), TrainingDataHash.Of(new Table(Column.Of("a", -0.0))));
    }

    [Fact]
    public void TrainingDataHash_KnownBytes_AreHashedAsDocumented()
    {
        // Oracle: Python 3.11's hashlib.sha256 over struct.pack("<qq", 1, 1) + pack("<q", 1) + b"a" + pack("<q", 5) + b"Int64" + b"\x01" + pack("<q", 7).
        Assert.Equal("27854bfb23bacba3ec9dcf5c4bd98a395cc03445588e606fa138179ed5d8a42d", TrainingDataHash.Of(new Table(Column.Of("a", 7L))));
    }
}
