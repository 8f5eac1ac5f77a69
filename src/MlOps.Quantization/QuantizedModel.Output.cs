using System.Globalization;
using System.Text;

namespace MlOps.Quantization;

public sealed partial record QuantizedModel
{
    /// <summary>Returns a line with the method, both sizes and the number of nodes, then a line a node that was kept, with the reason, and the notices.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Method}: {TableText.Bytes(BytesBefore)} → {TableText.Bytes(BytesAfter)} (× {Ratio:0.000}); {Quantized.Count} nodes with fewer bits, {Kept.Count} kept");
        foreach (string line in Kept.Select(node => $"kept {node.Node} ({node.Operation}): {node.Reason}").Concat(Notices))
        {
            text.Append('\n').Append(line);
        }

        return text.ToString();
    }

    /// <summary>The same model, with a notice if its file is not smaller than the old one, or hardly.</summary>
    internal QuantizedModel WithSizeNotice()
    {
        const double Hardly = 0.99;
        if (Ratio < Hardly)
        {
            return this;
        }

        string why = Quantized.Count == 0 ? "there is no node that could have fewer bits" : "scales and conversions between types take as much as the weights save";
        string notice = string.Create(CultureInfo.InvariantCulture, $"{(BytesAfter < BytesBefore ? "Hardly smaller" : "Not smaller")}: {BytesAfter:N0} bytes, {BytesBefore:N0} before; {why}.");
        return this with { Notices = [.. Notices, notice] };
    }

    /// <summary>Returns how a notebook shows it: the same lines.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());
}
