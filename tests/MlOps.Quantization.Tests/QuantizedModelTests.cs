using MlOps.Onnx;

namespace MlOps.Quantization.Tests;

/// <summary>How a result reads.</summary>
public class QuantizedModelTests
{
    [Fact]
    public void ToString_KeptNodeAndNotice_AreNamed()
    {
        OnnxFile file = Models.Load("mlp");
        var model = new QuantizedModel(file, "static", 4 * file.CalculateSize(), ["a", "b"], [new KeptNode("c", "Softmax", "It has no weights.")]) { Notices = ["Few rows."] };

        string text = model.ToString();

        Assert.StartsWith("static: ", text, StringComparison.Ordinal);
        Assert.Contains("(× 0.250); 2 nodes with fewer bits, 1 kept", text, StringComparison.Ordinal);
        Assert.EndsWith("kept c (Softmax): It has no weights.\nFew rows.", text, StringComparison.Ordinal);
        Assert.Equal(text, model.ToMimeBundle()["text/plain"]);
    }
}
