using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOps.Data.Images;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

public sealed partial record AttributionMap
{
    /// <summary>The picture and the map over it, side by side, for a notebook to show.</summary>
    /// <remarks>Over the picture in grey lie colours from dark blue (least) to yellow (most); of a map with values below 0, blue (against the class) and orange (for it). People who cannot tell red from green can read both.</remarks>
    /// <param name="image">The picture, with 1 or 3 channels of values from 0 to 1; what lies outside is cut off.</param>
    /// <param name="scale">Screen pixels a pixel, ≥ 1.</param>
    /// <exception cref="ArgumentException">There is not one picture, or it has another size or neither 1 nor 3 channels.</exception>
    public ImageGrid Overlay(Tensor image, int scale = 6)
    {
        Pictures.CheckOne(image);
        return MapGrid.Of(image, ToString(), scale, (Method, [this]));
    }

    /// <summary>Returns the map as JSON.</summary>
    /// <remarks><c>{"method","width","height","target","score","baseScore","residual","values":[…]}</c>; <c>baseScore</c> and <c>residual</c> are null where numbers do not add up.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
        {
            json.WriteStartObject();
            json.WriteString("method", Method);
            json.WriteNumber("width", Width);
            json.WriteNumber("height", Height);
            json.WriteNumber("target", Target);
            json.WriteNumber("score", Score);
            json.WriteNumberOrNull("baseScore", BaseScore);
            json.WriteNumberOrNull("residual", Residual);
            json.WriteStartArray("values");
            Array.ForEach(_values, json.WriteNumberValue);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Returns how a notebook shows the map without its picture; <see cref="Overlay"/> shows both.</summary>
    /// <returns>image/png (base64) and, as its alternative, text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() =>
        MapGrid.Of(new Tensor(1, TensorShape.Image(1, Height, Width), new float[_values.Length]), ToString(), 6, (Method, [this])).ToMimeBundle();

    /// <summary>Returns what was explained and where in the picture it lies: the parts with a tenth of it or more, the largest first.</summary>
    public override string ToString()
    {
        const double Worth = 0.1;
        string[] parts = [.. Regions().Where(part => part.Share >= Worth).OrderByDescending(part => part.Share).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Share:P0} {part.Region}"))];
        string where = parts.Length > 0 ? string.Join(", ", parts) : "no pixel speaks for the class";
        return string.Create(CultureInfo.InvariantCulture, $"{Method} of class {Target}, score {Score:0.###}: {where}");
    }
}
