using System.Text.Json;
using MlOps.Explain.Images;
using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Explain.Tests.Images;

public sealed class OnnxCamTests
{
    [Theory]
    [InlineData("flat")]
    [InlineData("pooled")]
    public void GradCamOf_FileThatPyTorchWrote_EqualsPyTorchsMaps(string name)
    {
        OnnxFile file = OnnxFile.Parser.ParseFrom(CamReference.Case(name).GetProperty("onnx").GetBytesFromBase64());
        string last = file.Graph.NodesOf("Conv")[^1].Output[0];
        string relu = file.Graph.Consumers(last).Single().Output[0];
        int convolution = CamReference.Network(name).LastConvolution!.Value;
        foreach (JsonElement map in CamReference.Case(name).GetProperty("maps").EnumerateArray().Where(map => map.GetProperty("layer").GetInt32() >= convolution))
        {
            string value = map.GetProperty("layer").GetInt32() == convolution ? last : relu;
            AttributionMap found = GradCam.Of(file, CamReference.Image(name), value, map.GetProperty("target").GetInt32());
            CamReference.Close(CamReference.Numbers(map.GetProperty("gradCam")), found.Values);
            Assert.Equal(map.GetProperty("score").GetDouble(), found.Score, 1e-5);
        }
    }

    [Theory]
    [InlineData("flat", 0)]
    [InlineData("flat", 1)]
    [InlineData("pooled", 0)]
    [InlineData("pooled", 1)]
    public void GradCamOfEach_FileThatWeWrote_EqualsTheNetworks(string name, int convolution)
    {
        Network network = CamReference.Network(name);
        OnnxFile file = OnnxExport.Export(network);
        var random = new Random(3);
        var images = new Tensor(5, network.InputShape, [.. Enumerable.Range(0, 5 * network.InputShape.Size).Select(_ => random.NextSingle())]);
        int layer = network.Layers.Select((one, i) => (one, i)).Where(pair => pair.one.Layer is Conv2D).ElementAt(convolution).i;
        IReadOnlyList<AttributionMap> expected = GradCam.OfEach(network, images, layer);
        IReadOnlyList<AttributionMap> found = GradCam.OfEach(file, images, file.Graph.NodesOf("Conv")[convolution].Output[0]);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Target, found[i].Target);
            CamReference.Close(expected[i].Values.ToArray(), found[i].Values, 2e-5);
        }
    }

    [Fact]
    public void GradCamOf_ClassNamesAndSoftmax_ExplainsTheScoreBeforeIt()
    {
        Network network = CamReference.Network("pooled").Extend().Softmax().Build();
        OnnxFile file = OnnxExport.Export(network, ["a", "b", "c"]);
        Tensor image = CamReference.Image("pooled");
        CamReference.Close(GradCam.Of(network, image, target: 2).Values.ToArray(), GradCam.Of(file, image, target: 2).Values);
    }

    // The same arithmetic in other nodes, as other exporters write it.
    [Fact]
    public void GradCamOf_OtherNodesOfTheSameMeaning_GivesTheSameMap()
    {
        OnnxFile flat = OnnxExport.Export(CamReference.Network("flat"));
        string map = flat.Graph.NodesOf("Conv")[0].Output[0];
        Tensor image = CamReference.Image("flat");
        double[] expected = GradCam.Of(flat, image, map, 1).Values.ToArray();

        OnnxNode norm = flat.Graph.NodesOf("BatchNormalization").Single();
        float[][] p = [.. norm.Input.Skip(1).Select(name => flat.Graph.Constant(name)!.ToFloats())];
        float[] factors = [.. p[0].Zip(p[3], (scale, variance) => (float)(scale / Math.Sqrt(variance + 1e-5)))];
        flat.Graph.Initializer.Add(OnnxTensor.Of("factors", factors, 1, 4, 1, 1));
        flat.Graph.Initializer.Add(OnnxTensor.Of("shifts", [.. factors.Select((factor, k) => p[1][k] - (p[2][k] * factor))], 1, 4, 1, 1));
        flat.Graph.Replace(norm, Node("Mul", "scaled", norm.Input[0], "factors"), Node("Add", norm.Output[0], "shifts", "scaled"));
        CamReference.Close(expected, GradCam.Of(flat, image, map, 1).Values);

        OnnxFile pooled = OnnxExport.Export(CamReference.Network("pooled"));
        image = CamReference.Image("pooled");
        expected = GradCam.Of(pooled, image, target: 1).Values.ToArray();
        OnnxNode mean = Node("ReduceMean", pooled.Graph.NodesOf("GlobalAveragePool").Single().Output[0], pooled.Graph.NodesOf("GlobalAveragePool").Single().Input[0]);
        mean.Set(OnnxAttribute.Of("axes", [2L, 3]));
        pooled.Graph.Replace(pooled.Graph.NodesOf("GlobalAveragePool").Single(), mean);
        CamReference.Close(expected, GradCam.Of(pooled, image, target: 1).Values);
    }

    [Theory]
    [InlineData("flat")]
    [InlineData("pooled")]
    public void EigenCamAndScoreCam_NetworkAndFile_EqualNumPys(string name)
    {
        Network network = CamReference.Network(name);
        Tensor image = CamReference.Image(name);
        int layer = CamReference.Case(name).GetProperty("activation").GetInt32();
        OnnxFile file = OnnxExport.Export(network.Extend().Softmax().Build());
        string map = file.Graph.Consumers(file.Graph.NodesOf("Conv")[^1].Output[0]).Single().Output[0];
        Network soft = network.Extend().Softmax().Build();

        double[] eigen = CamReference.Numbers(CamReference.Case(name).GetProperty("eigenCam"));
        CamReference.Close(eigen, EigenCam.Of(network, image, layer).Values, 2e-5);
        CamReference.Close(eigen, EigenCam.Of(file, image, map).Values, 2e-5);
        for (int target = 0; target < 3; target++)
        {
            double[] score = CamReference.Numbers(CamReference.Case(name).GetProperty("scoreCam")[target]);
            CamReference.Close(score, ScoreCam.Of(soft, image, layer, target).Values, 2e-5);
            CamReference.Close(score, ScoreCam.Of(file, image, map, target).Values, 2e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void AnyMethod_FileWithABatchOfFixedSize_GivesTheSameMaps(int batch)
    {
        OnnxFile open = OnnxExport.Export(CamReference.Network("flat"));
        OnnxFile narrow = open.Clone();
        narrow.Graph.Input[0] = OnnxValue.Tensor("x", OnnxElementType.Float, batch, 3, 12, 12);
        narrow.Graph.Output[0] = OnnxValue.Tensor(open.Graph.Output[0].Name, OnnxElementType.Float, batch, 3);
        var random = new Random(3);
        var images = new Tensor(6, TensorShape.Image(3, 12, 12), [.. Enumerable.Range(0, 6 * 432).Select(_ => random.NextSingle())]);
        IReadOnlyList<AttributionMap> expected = GradCam.OfEach(open, images);
        IReadOnlyList<AttributionMap> found = GradCam.OfEach(narrow, images);
        for (int i = 0; i < expected.Count; i++)
        {
            CamReference.Close(expected[i].Values.ToArray(), found[i].Values);
        }

        using OnnxModel one = OnnxModel.Open(open);
        using OnnxModel other = OnnxModel.Open(narrow);
        Tensor image = images.Take([2]);
        CamReference.Close(Occlusion.Of(ImageModel.Of(one), image, 5, 3).Values.ToArray(), Occlusion.Of(ImageModel.Of(other), image, 5, 3).Values);
        CamReference.Close(ScoreCam.Of(open, image).Values.ToArray(), ScoreCam.Of(narrow, image).Values);
    }

    [Fact]
    public void GradCamOf_WhatHasNoWayBack_IsNamed()
    {
        Tensor image = CamReference.Image("flat");
        OnnxFile gelu = OnnxExport.Export(new NetworkBuilder(image.Shape).Conv2D(2, 3).Gelu().Flatten().Dense(2).Build());
        Assert.Contains("EigenCam", Assert.Throws<ArgumentException>("node", () => GradCam.Of(gelu, image)).Message);
        OnnxFile plain = OnnxExport.Export(new NetworkBuilder(image.Shape).Flatten().Dense(2).Build());
        Assert.Contains("no convolution", Assert.Throws<ArgumentException>("graph", () => GradCam.Of(plain, image)).Message);
        OnnxFile file = OnnxExport.Export(CamReference.Network("flat"));
        Assert.Throws<ArgumentException>("map", () => GradCam.Of(file, image, "nowhere"));
        Assert.Throws<ArgumentOutOfRangeException>("target", () => GradCam.Of(file, image, target: 3));
        Assert.Throws<ArgumentException>("images", () => GradCam.Of(file, new Tensor(1, TensorShape.Image(3, 8, 8), new float[192])));
        string dense = file.Graph.NodesOf("Flatten").Single().Output[0];
        Assert.Contains("no feature map", Assert.Throws<ArgumentException>("name", () => GradCam.Of(file, image, dense)).Message);
    }

    private static OnnxNode Node(string operation, string output, params string[] inputs)
    {
        var node = new OnnxNode { OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }
}
