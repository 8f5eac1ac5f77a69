using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Kernel.Site;

/// <summary>What the search looks through, as a script: a page opened from disk may load one, but may not read a data file.</summary>
internal static class SearchIndex
{
    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the script: the pages (address, title), then the sections (page, anchor, heading, text).</summary>
    internal static string Render(IReadOnlyList<WeekPage> pages)
    {
        object[][] titles = [.. pages.Select(page => (object[])[page.Page.Slug + ".html", page.Label is { } label ? $"{label} · {page.Title}" : page.Title])];
        object[][] sections = [.. pages.SelectMany((page, i) => page.Sections().Select(section => (object[])[i, section.Id, section.Heading, OneLine(section.Text)]))];
        return $"courseSearch({JsonSerializer.Serialize(titles, s_compact)},\n{JsonSerializer.Serialize(sections, s_compact)});\n";
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
