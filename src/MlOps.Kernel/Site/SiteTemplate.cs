using System.Text.RegularExpressions;

namespace MlOps.Kernel.Site;

/// <summary>An HTML file of the assembly with places named <c>{{like-this}}</c>.</summary>
internal static partial class SiteTemplate
{
    /// <summary>Reads an embedded file as text.</summary>
    internal static string Read(string name)
    {
        using Stream stream = typeof(SiteTemplate).Assembly.GetManifestResourceStream("Site/" + name)
            ?? throw new InvalidOperationException($"The assembly has no resource 'Site/{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>Fills the places in one pass, so that a value that looks like a place is left alone.</summary>
    /// <param name="name">The embedded file.</param>
    /// <param name="values">Place → HTML. Every place of the file must be there.</param>
    internal static string Fill(string name, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(Read(name), match => values[match.Groups[1].Value]);

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}")]
    private static partial Regex Place();
}
