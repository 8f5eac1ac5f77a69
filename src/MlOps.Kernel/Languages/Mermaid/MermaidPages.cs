using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlOps.Kernel.Languages.Mermaid;

/// <summary>The HTML around the Mermaid library: to draw in a browser of ours, or in the page that shows the notebook.</summary>
internal static partial class MermaidPages
{
    /// <summary>A page that draws and then holds nothing but the result, for <see cref="Result"/>.</summary>
    internal static string Drawing(string source, string library) => Fill("page.html", new()
    {
        ["library"] = WebUtility.HtmlEncode(new Uri(library).AbsoluteUri),
        ["draw"] = Asset("draw.js"),
        ["text"] = JsonSerializer.Serialize(source), // writes < as \u003C, so no text can end the script
        ["id"] = JsonSerializer.Serialize(Id(source)),
    });

    /// <summary>An output that brings its library along and draws when it is shown. Until then, and where no script runs, it shows the text.</summary>
    internal static string Carrying(string source, string library) => Fill("carrying.html", new()
    {
        ["source"] = WebUtility.HtmlEncode(source),
        ["draw"] = Asset("draw.js"),
        ["text"] = JsonSerializer.Serialize(source),
        ["id"] = Id(source),
        ["id-text"] = JsonSerializer.Serialize(Id(source)),
        ["library"] = MermaidLibrary.Compressed(library),
    });

    /// <summary>Whether a part of a page holds the result.</summary>
    internal static bool HasResult(string html) => ResultPattern().IsMatch(html);

    /// <summary>The picture in a page that has been drawn; null if it is not there.</summary>
    /// <exception cref="MermaidCellException">Mermaid refuses the text.</exception>
    internal static string? Result(string page)
    {
        if (ResultPattern().Match(page) is not { Success: true } match)
        {
            return null;
        }

        using JsonDocument result = JsonDocument.Parse(Convert.FromBase64String(match.Groups["bytes"].Value));
        return result.RootElement.TryGetProperty("error", out JsonElement error)
            ? throw new MermaidCellException(error.GetString() ?? "")
            : result.RootElement.GetProperty("svg").GetString();
    }

    /// <summary>Names inside a picture must differ from those of other pictures in a page, and be the same at each run.</summary>
    private static string Id(string source) => "mermaid-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..8];

    private static string Fill(string asset, Dictionary<string, string> values) =>
        Slot().Replace(Asset(asset), match => values[match.Groups["name"].Value]);

    private static string Asset(string name)
    {
        using Stream stream = typeof(MermaidPages).Assembly.GetManifestResourceStream("Mermaid/" + name)
            ?? throw new InvalidOperationException($"The kernel was built without its file {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd('\n');
    }

    [GeneratedRegex(@"\{\{(?<name>[a-z-]+)\}\}")]
    private static partial Regex Slot();

    [GeneratedRegex(@"\[result:(?<bytes>[A-Za-z0-9+/=]+)\]")]
    private static partial Regex ResultPattern();
}
