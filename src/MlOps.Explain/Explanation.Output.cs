using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace MlOps.Explain;

public sealed partial record Explanation
{
    /// <summary>Returns the explanation as JSON.</summary>
    /// <remarks><c>{"method","output","baseValue","prediction","contributions":[{"feature","value","contribution"}]}</c>, contributions in the model's order. <c>value</c> is a number, or the text
    /// that the number stands for; null where it is missing. Where chance took part a contribution also has <c>"standardError"</c>. Numbers read back to the same double.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
        {
            json.WriteStartObject();
            json.WriteString("method", Method);
            json.WriteString("output", Output);
            json.WriteNumber("baseValue", BaseValue);
            json.WriteNumber("prediction", Prediction);
            json.WriteStartArray("contributions");
            foreach (Contribution contribution in Contributions)
            {
                Write(json, contribution);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Returns how a notebook shows the explanation: a table of the contributions, largest first, each with a bar.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = ToHtml(),
        ["text/plain"] = ToString(),
    };

    /// <summary>Returns the explanation as an aligned text, the largest contributions first.</summary>
    public override string ToString() => ToString(int.MaxValue);

    /// <summary>Returns the explanation as an aligned text: the largest contributions, then the others as one.</summary>
    /// <param name="most">Contributions to show, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is below 1.</exception>
    public string ToString(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        IReadOnlyList<Contribution> ranked = Ranked();
        Contribution[] shown = [.. ranked.Take(most)];
        string others = $"{ranked.Count - shown.Length} others";
        int width = shown.Select(contribution => Named(contribution).Length).Append(Math.Max("prediction".Length, others.Length)).Max();
        var text = new StringBuilder();
        text.Append(Output).Append(": ").Append(Number(Prediction)).Append(", ").Append(Method).Append('\n');
        Line("base", Number(BaseValue), "");
        foreach (Contribution contribution in shown)
        {
            Line(Named(contribution), Signed(contribution.Amount), contribution.StandardError is > 0 and { } error ? $" ± {Number(error)}" : "");
        }

        if (shown.Length < ranked.Count)
        {
            Line(others, Signed(ranked.Skip(most).Sum(contribution => contribution.Amount)), "");
        }

        if (IsOff)
        {
            Line("not explained", Signed(Residual), "");
        }

        Line("prediction", Number(Prediction), "");
        return text.ToString().TrimEnd('\n');

        void Line(string name, string value, string error) => text.Append("  ").Append(name.PadRight(width)).Append("  ").Append(value.PadLeft(10)).Append(error).Append('\n');
    }

    /// <summary>Gets a value indicating whether more is left over than rounding.</summary>
    private bool IsOff => Math.Abs(Residual) > 1e-6 * Math.Max(1, Math.Abs(Prediction));

    internal static string Named(Contribution contribution) => $"{contribution.Feature} = {contribution.ValueText}";

    internal static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture) is var text && text is "0" or "-0" && value != 0 ? value.ToString("0.##e+0", CultureInfo.InvariantCulture) : text == "-0" ? "0" : text;

    internal static string Signed(double value) => value > 0 ? "+" + Number(value) : Number(value).Replace('-', '−');

    private static void Write(Utf8JsonWriter json, Contribution contribution)
    {
        json.WriteStartObject();
        json.WriteString("feature", contribution.Feature);
        string plain = contribution.Value.ToString("0.####", CultureInfo.InvariantCulture);
        if (double.IsNaN(contribution.Value))
        {
            json.WriteNull("value");
        }
        else if (contribution.ValueText != plain || !double.IsFinite(contribution.Value))
        {
            json.WriteString("value", contribution.ValueText);
        }
        else
        {
            json.WriteNumber("value", contribution.Value);
        }

        json.WriteNumber("contribution", contribution.Amount);
        if (contribution.StandardError is { } error)
        {
            json.WriteNumber("standardError", error);
        }

        json.WriteEndObject();
    }

    private string ToHtml()
    {
        const string Cell = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.25);color:inherit;background:transparent;white-space:nowrap;text-align:";
        const double HalfBar = 80;
        IReadOnlyList<Contribution> ranked = Ranked();
        double largest = ranked.Count == 0 ? 0 : Math.Abs(ranked[0].Amount);
        var html = new StringBuilder();
        html.Append("<div style=\"color:inherit;overflow-x:auto\"><div style=\"font-weight:600\">").Append(WebUtility.HtmlEncode($"{Output}: {Number(Prediction)}"));
        html.Append("</div><div style=\"opacity:.75;margin-bottom:6px\">").Append(WebUtility.HtmlEncode($"{Number(BaseValue)} without knowing any feature; {Method}")).Append("</div>");
        html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;font-variant-numeric:tabular-nums\"><thead><tr>");
        foreach ((string header, string align) in new[] { ("feature", "left"), ("value", "right"), ("contribution", "right"), ("", "left") })
        {
            html.Append("<th scope=\"col\" style=\"").Append(Cell).Append(align).Append("\">").Append(header).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (Contribution contribution in ranked)
        {
            double bar = largest > 0 ? HalfBar * Math.Abs(contribution.Amount) / largest : 0;
            string error = contribution.StandardError is > 0 and { } deviation ? $" ± {Number(deviation)}" : "";
            html.Append("<tr style=\"background:transparent\"><td style=\"").Append(Cell).Append("left\">").Append(WebUtility.HtmlEncode(contribution.Feature));
            html.Append("</td><td style=\"").Append(Cell).Append("right\">").Append(WebUtility.HtmlEncode(contribution.ValueText));
            html.Append("</td><td style=\"").Append(Cell).Append("right\">").Append(WebUtility.HtmlEncode(Signed(contribution.Amount) + error));
            html.Append("</td><td style=\"").Append(Cell).Append(CultureInfo.InvariantCulture, $"left\"><div style=\"width:{bar:0.#}px;height:10px;margin-left:{(contribution.Amount < 0 ? HalfBar - bar : HalfBar):0.#}px;background:{(contribution.Amount < 0 ? "#E69F00" : "#0072B2")}\"></div></td></tr>");
        }

        html.Append("</tbody></table>");
        if (IsOff)
        {
            html.Append("<div style=\"opacity:.75;margin-top:6px\">").Append(WebUtility.HtmlEncode($"Not explained: {Signed(Residual)}")).Append("</div>");
        }

        return html.Append("</div>").ToString();
    }
}
