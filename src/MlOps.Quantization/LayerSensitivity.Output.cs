using System.Globalization;
using System.Text;
using MlOps.Charts;

namespace MlOps.Quantization;

public sealed partial record LayerSensitivity
{
    /// <summary>Horizontal bars: the error that each layer alone brings into the output, Σ(y − ŷ)² / Σy² as a root in percent; the most sensitive on top.</summary>
    /// <param name="top">How many layers, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">There is no layer, or the model gives no floating-point numbers.</exception>
    public Figure Chart(int top = 15)
    {
        NodeSensitivity[] shown = [.. Nodes.Where(node => node.SignalToNoise is not null).OrderBy(node => node.SignalToNoise).Take(Guard.AtLeast(top, 1))];
        if (shown.Length == 0)
        {
            throw new InvalidOperationException("There is no layer whose error could be shown.");
        }

        double[] errors = Array.ConvertAll(shown, node => 100 * Math.Pow(10, -node.SignalToNoise!.Value / 20));
        return Charts.Chart.HorizontalBar(Array.ConvertAll(shown, node => node.Node), errors)
            .XAxis("error of the output when only this layer has 8 bits", "%", min: 0)
            .Titled($"{shown[0].Node} bears 8 bits worst", string.Create(CultureInfo.InvariantCulture, $"{shown.Length} of {Nodes.Count} layers, {Rows} rows"));
    }

    /// <summary>Returns an aligned table, the most sensitive layer first.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        TableText.Write(text, ["layer", "operator", "numbers", "dB", "agreement %", "accuracy %"], [.. Nodes.Select(node => (string[])
        [
            node.Node, node.Operation, TableText.Count(node.Weights), Decibel(node.SignalToNoise), TableText.Percent(node.Agreement), TableText.Percent(node.Accuracy),
        ])]);
        return text.ToString().TrimEnd();
    }

    /// <summary>Returns how a notebook shows it: the table.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    internal static string Decibel(double? value) => value switch
    {
        null => TableText.None,
        double.PositiveInfinity => "∞",
        _ => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
    };
}
