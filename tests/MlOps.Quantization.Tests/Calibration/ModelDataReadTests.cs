using System.Text.Json;
using MlOps.Data.Images;
using MlOps.Onnx;

namespace MlOps.Quantization.Tests.Calibration;

/// <summary>Arrays and tensors were written by numpy and onnx: References/calibration/make_arrays.py; the numbers are 0 to 11 in 3 rows of 4.</summary>
public sealed class ModelDataReadTests : IDisposable
{
    private static readonly JsonElement s_files = CalibrationReference.Read("arrays");
    private static readonly float[] s_numbers = [.. Enumerable.Range(0, 12).Select(i => (float)i)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("model-data-");

    public static TheoryData<string> Types() => [.. s_files.GetProperty("npy").EnumerateObject().Select(file => file.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_NpyOfEveryType_HasItsNumbers(string type)
    {
        ModelData data = ModelData.Read(Taking(4), Write("x.npy", s_files.GetProperty("npy").GetProperty(type)));
        float[] expected = type == "|b1" ? [.. s_numbers.Select(value => value % 2 == 0 ? 1f : 0)] : s_numbers;
        Assert.Equal((3, 1), (data.RowCount, data.Batches.Count));
        Assert.Equal(expected, data.Batches[0]["x"].ToFloats());
        Assert.Equal([3, 4], data.Batches[0]["x"].Dims);
    }

    [Theory]
    [InlineData("fortran", "Fortran order")]
    [InlineData("bigEndian", "'>f4'")]
    [InlineData("texts", "'<U1'")]
    public void Read_NpyOfAnotherKind_SaysWhich(string file, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => ModelData.Read(Taking(4), Write("x.npy", s_files.GetProperty(file)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NpyCutOffAnywhere_IsRefused()
    {
        byte[] whole = s_files.GetProperty("npy").GetProperty("<f4").GetBytesFromBase64();
        for (int length = 0; length < whole.Length; length++)
        {
            string path = At("cut.npy");
            File.WriteAllBytes(path, whole[..length]);
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => ModelData.Read(Taking(4), path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_NpyVersion2_IsRead() => Assert.Equal(s_numbers, ModelData.Read(Taking(4), Write("x.npy", s_files.GetProperty("version2"))).Batches[0]["x"].ToFloats());

    [Theory]
    [InlineData("npz")]
    [InlineData("npzPacked")]
    public void Read_Npz_FeedsEachInputByName(string file)
    {
        ModelData data = ModelData.Read(TwoInputs(), Write("x.npz", s_files.GetProperty(file)), new ModelDataOptions { Label = "y", RowsPerBatch = 2 });
        Assert.Equal(["1", "0", "2"], data.Labels);
        Assert.Equal([2, 1], data.Batches.Select(batch => batch["b"].Dims[0]));
        Assert.Equal(OnnxElementType.Int64, data.Batches[0]["b"].DataType);
        Assert.Equal([0, 1, 4, 5, 8, 9], data.Batches.SelectMany(batch => batch["b"].ToLongs()));
        Assert.Equal(s_numbers, data.Batches.SelectMany(batch => batch["a"].ToFloats()));
        Assert.Contains("no array 'z'; it has a, b, y", Assert.Throws<InvalidDataException>(() => ModelData.Read(TwoInputs(), At("x.npz"), new ModelDataOptions { Label = "z" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Scaled_AppliesScaleMeanAndDeviation()
    {
        var options = new ModelDataOptions { Scale = 0.5, Mean = [1], StandardDeviation = [2] };
        Assert.Equal([.. s_numbers.Select(value => ((value * 0.5f) - 1) / 2)], ModelData.Read(Taking(4), Write("x.npy", s_files.GetProperty("npy").GetProperty("|u1")), options).Batches[0]["x"].ToFloats());
        Assert.Throws<ArgumentException>(() => ModelData.Read(Taking(4), At("x.npy"), new ModelDataOptions { Mean = [1, 2] }));
        Assert.Throws<ArgumentException>(() => ModelData.Read(Taking(4), At("x.npy"), new ModelDataOptions { StandardDeviation = [0] }));
    }

    [Fact]
    public void Read_OfAnotherWidth_NamesBoth() =>
        Assert.Contains("(4); input 'x' takes float[N, 5]", Assert.Throws<ArgumentException>(() => ModelData.Read(Taking(5), Write("x.npy", s_files.GetProperty("npy").GetProperty("<f4")))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_FlatRowsForAnImage_TakeItsShape() =>
        Assert.Equal([3, 1, 2, 2], ModelData.Read(Taking(1, 2, 2), Write("x.npy", s_files.GetProperty("npy").GetProperty("<f8"))).Batches[0]["x"].Dims);

    [Fact]
    public void Read_FixedBatch_FillsTheLastUpWithItsLastRow()
    {
        OnnxFile file = Taking(4);
        file.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new OnnxDimension { DimValue = 2 };
        ModelData data = ModelData.Read(file, Write("x.npy", s_files.GetProperty("npy").GetProperty("<f4")));
        Assert.Equal((3, 2), (data.RowCount, data.Batches.Count));
        Assert.Equal([8, 9, 10, 11, 8, 9, 10, 11], data.Batches[1]["x"].ToFloats());
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3], data.Take(1).Batches[0]["x"].ToFloats());
    }

    [Fact]
    public void Read_OnnxTensorsAndFolders_AreBatches()
    {
        byte[] tensor = s_files.GetProperty("pb").GetBytesFromBase64();
        File.WriteAllBytes(At("x.pb"), tensor);
        Assert.Equal(s_numbers, ModelData.Read(Taking(4), At("x.pb")).Batches[0]["x"].ToFloats());
        foreach (string part in new[] { "test_data_set_0", "test_data_set_1" })
        {
            Directory.CreateDirectory(At(part));
            File.WriteAllBytes(Path.Combine(At(part), "input_0.pb"), tensor);
        }

        ModelData data = ModelData.Read(Taking(4), _folder.FullName);
        Assert.Equal((6, 2), (data.RowCount, data.Batches.Count));
        File.WriteAllBytes(At("x.pb"), tensor[..^3]);
        Assert.Contains("x.pb", Assert.Throws<InvalidDataException>(() => ModelData.Read(Taking(4), At("x.pb"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Pictures_AreSharesOf255WithSubFoldersAsLabels()
    {
        Directory.CreateDirectory(At("rust"));
        Directory.CreateDirectory(At("healthy"));
        byte[] grey = [0, 51, 102, 255];
        File.WriteAllBytes(Path.Combine(At("rust"), "1.png"), Png.Encode(grey, 1, 2, 2));
        File.WriteAllBytes(Path.Combine(At("healthy"), "2.PNG"), Png.Encode([.. grey, .. grey, .. grey], 3, 2, 2));
        ModelData data = ModelData.Read(Taking(3, 2, 2), _folder.FullName);
        Assert.Equal(["healthy", "rust"], data.Labels);
        float[] once = [0, 0.2f, 0.4f, 1];
        Assert.Equal([.. Enumerable.Repeat(once, 6).SelectMany(values => values)], data.Batches[0]["x"].ToFloats());
        // (v − mean) / deviation of each channel.
        float[] normal = ModelData.Read(Taking(3, 2, 2), _folder.FullName, new ModelDataOptions { Mean = [0, 0.5, 1], StandardDeviation = [1, 0.5, 2] }).Batches[0]["x"].ToFloats();
        Assert.Equal([0, 0.2f, 0.4f, 1, -1, -0.6f, -0.2f, 1, -0.5f, -0.4f, -0.3f, 0], normal[..12]);
        Assert.Contains("takes 3 × 3", Assert.Throws<InvalidDataException>(() => ModelData.Read(Taking(3, 3, 3), _folder.FullName)).Message, StringComparison.Ordinal);
        Assert.Contains("pictures go into", Assert.Throws<ArgumentException>(() => ModelData.Read(Taking(4), _folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Idx_IsSharesOf255WithAFileOfLabels()
    {
        IdxFile.Write(At("x.idx"), [0, 51, 102, 255, 0, 0, 0, 0], 2, 2, 2);
        IdxFile.Write(At("y.idx"), [7, 1], 2);
        ModelData data = ModelData.Read(Taking(1, 2, 2), At("x.idx"), new ModelDataOptions { Label = At("y.idx") });
        Assert.Equal(["7", "1"], data.Labels);
        Assert.Equal([0, 0.2f, 0.4f, 1, 0, 0, 0, 0], data.Batches[0]["x"].ToFloats());
    }

    [Fact]
    public void Read_Csv_KeepsTheLabelOutAndDropsRowsWithoutOne()
    {
        File.WriteAllText(At("x.csv"), "a,b,y\n1,2,no\n3,4,\n5,6,yes\n");
        ModelData data = ModelData.Read(Taking(2), At("x.csv"), new ModelDataOptions { Label = "y" });
        Assert.Equal(["no", "yes"], data.Labels);
        Assert.Equal([1, 2, 5, 6], data.Batches[0]["x"].ToFloats());
        File.WriteAllText(At("n.csv"), "a,b,y,z\n1,2,1,0.5\n3,4,0,1.0\n");
        Assert.Equal(["1", "0"], ModelData.Read(Taking(3), At("n.csv"), new ModelDataOptions { Label = "y" }).Labels);
        Assert.Equal(["0.5", "1"], ModelData.Read(Taking(3), At("n.csv"), new ModelDataOptions { Label = "z" }).Labels);
        Assert.Equal([2, 1, 4, 3, 6, 5], ModelData.Read(Taking(2), At("x.csv"), new ModelDataOptions { Columns = ["b", "a"] }).Batches[0]["x"].ToFloats());
        Assert.Contains("no column 'z'", Assert.Throws<InvalidDataException>(() => ModelData.Read(Taking(2), At("x.csv"), new ModelDataOptions { Label = "z" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatIsNotThereOrNotRead_IsNamed()
    {
        Assert.Throws<FileNotFoundException>(() => ModelData.Read(Taking(4), At("nothing.csv")));
        Assert.Contains("it is empty", Assert.Throws<InvalidDataException>(() => ModelData.Read(Taking(4), _folder.FullName)).Message, StringComparison.Ordinal);
        File.WriteAllText(At("x.jpg"), "");
        Assert.Contains(".jpg", Assert.Throws<InvalidDataException>(() => ModelData.Read(Taking(4), _folder.FullName)).Message, StringComparison.Ordinal);
        Assert.Contains("'.jpg' are not read", Assert.Throws<InvalidDataException>(() => ModelData.Read(Taking(4), At("x.jpg"))).Message, StringComparison.Ordinal);
        File.WriteAllText(At("x.csv"), "a,b,c,d\n");
        Assert.Contains("no rows", Assert.Throws<InvalidDataException>(() => ModelData.Read(Taking(4), At("x.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EveryFileCutShort_IsRefusedOrWhole()
    {
        // Whatever a cut leaves, it is an error that names the file; a table may end at any line.
        foreach (string file in new[] { "npz", "npzPacked" })
        {
            byte[] whole = s_files.GetProperty(file).GetBytesFromBase64();
            for (int length = 0; length < whole.Length; length += 13)
            {
                File.WriteAllBytes(At("cut.npz"), whole[..length]);
                Assert.Contains("cut.npz", Assert.Throws<InvalidDataException>(() => ModelData.Read(TwoInputs(), At("cut.npz"))).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void TakeAndShuffled_KeepRowsAndLabelsTogether()
    {
        ModelData data = ModelData.Read(Taking(4), Write("x.npy", s_files.GetProperty("npy").GetProperty("<f4")), new ModelDataOptions { RowsPerBatch = 2 }) with { Labels = ["0", "4", "8"] };
        Assert.Equal([0, 1, 2, 3], Assert.Single(data.Take(1).Batches)["x"].ToFloats());
        Assert.Same(data, data.Take(5));
        ModelData shuffled = data.Shuffled(3);
        Assert.Equal([2, 1], shuffled.Batches.Select(batch => batch["x"].Dims[0]));
        float[] values = [.. shuffled.Batches.SelectMany(batch => batch["x"].ToFloats())];
        Assert.Equal(shuffled.Labels, [.. values.Where((_, i) => i % 4 == 0).Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        Assert.Equal(s_numbers, values.Order());
        Assert.Equal(data.Shuffled(3).Labels, shuffled.Labels);
    }

    private static OnnxFile Taking(params long[] dims)
    {
        var graph = new GraphBuilder("m");
        string x = graph.Input("x", OnnxElementType.Float, dims);
        return graph.Output("y", graph.Add("Relu", [x]), OnnxElementType.Float, dims).Build();
    }

    private static OnnxFile TwoInputs()
    {
        var graph = new GraphBuilder("m");
        string a = graph.Input("a", OnnxElementType.Float, 4);
        graph.Input("b", OnnxElementType.Int64, 2);
        return graph.Output("c", a, OnnxElementType.Float, 4).Build();
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, JsonElement base64)
    {
        File.WriteAllBytes(At(name), base64.GetBytesFromBase64());
        return At(name);
    }
}
