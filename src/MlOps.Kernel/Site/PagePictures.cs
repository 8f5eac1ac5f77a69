using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MlOps.Kernel.Site;

/// <summary>The pictures of a page as files, in a folder of the page's name: the page stays small, and a browser fetches a picture when it comes near.</summary>
/// <param name="slug">The page's name without extension.</param>
internal sealed partial class PagePictures(string slug)
{
    private readonly List<(string Name, byte[] Content)> _files = [];

    /// <summary>Keeps an SVG and returns the attributes of its <c>img</c> element. In such an element it can run no script.</summary>
    /// <param name="name">A name unique in the page.</param>
    /// <param name="svg">The picture's text.</param>
    internal string Svg(string name, string svg)
    {
        svg = svg.Trim();
        if (!svg.Contains("xmlns=", StringComparison.Ordinal))
        {
            svg = svg.Replace("<svg", "<svg xmlns='http://www.w3.org/2000/svg'", StringComparison.Ordinal);
        }

        return Keep(name + ".svg", Encoding.UTF8.GetBytes(svg), SizeOfSvg(svg));
    }

    /// <summary>Keeps a picture that came in base64 and returns the attributes of its <c>img</c> element; what is no base64 stays in the page, where the browser shows the text instead.</summary>
    /// <param name="name">A name unique in the page.</param>
    /// <param name="mime">Such as <c>image/png</c>.</param>
    /// <param name="base64">The picture; line breaks and other signs between are left out.</param>
    internal string Base64(string name, string mime, string base64)
    {
        base64 = NotBase64().Replace(base64, string.Empty);
        byte[] content = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, content, out int length)
            ? Keep($"{name}.{mime["image/".Length..]}", content[..length], SizeOfPng(content.AsSpan(0, length)))
            : $"src=\"data:{mime};base64,{base64}\"";
    }

    /// <summary>Writes the files.</summary>
    internal void Write(string site)
    {
        foreach ((string name, byte[] content) in _files)
        {
            Directory.CreateDirectory(Path.Combine(site, slug));
            File.WriteAllBytes(Path.Combine(site, slug, name), content);
        }
    }

    /// <summary>The size keeps the picture's place, so that nothing moves when it arrives.</summary>
    private string Keep(string name, byte[] content, (double Width, double Height)? size)
    {
        _files.Add((name, content));
        string place = size is { Width: > 0, Height: > 0 } known ? string.Create(CultureInfo.InvariantCulture, $"width=\"{known.Width:0}\" height=\"{known.Height:0}\" ") : string.Empty;
        return $"loading=\"lazy\" {place}src=\"{HtmlText.Encode(slug)}/{name}\"";
    }

    /// <summary>Width and height of an SVG: those of its view box.</summary>
    internal static (double Width, double Height)? SizeOfSvg(string svg) => ViewBox().Match(svg) is { Success: true } box
        ? (double.Parse(box.Groups["w"].Value, CultureInfo.InvariantCulture), double.Parse(box.Groups["h"].Value, CultureInfo.InvariantCulture))
        : null;

    /// <summary>A PNG begins with 8 fixed bytes, 8 that open its header, and then width and height.</summary>
    private static (double Width, double Height)? SizeOfPng(ReadOnlySpan<byte> content) => content.Length >= 24 && content[1..4].SequenceEqual("PNG"u8)
        ? (BinaryPrimitives.ReadUInt32BigEndian(content[16..]), BinaryPrimitives.ReadUInt32BigEndian(content[20..]))
        : null;

    [GeneratedRegex("""<svg\b[^>]*\bviewBox\s*=\s*["']\s*[-0-9.eE+]+[\s,]+[-0-9.eE+]+[\s,]+(?<w>[0-9]+(?:\.[0-9]+)?)[\s,]+(?<h>[0-9]+(?:\.[0-9]+)?)""")]
    private static partial Regex ViewBox();

    [GeneratedRegex("[^A-Za-z0-9+/=]")]
    private static partial Regex NotBase64();
}
