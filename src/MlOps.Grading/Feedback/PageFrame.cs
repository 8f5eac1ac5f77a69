namespace MlOps.Grading.Feedback;

/// <summary>The page around a report: head, style, nothing from outside, no script.</summary>
internal static class PageFrame
{
    private const string Sheet = "Feedback/feedback.css";

    private static readonly Lazy<string> s_style = new(ReadSheet);

    /// <summary>A whole page.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="body">HTML.</param>
    /// <param name="wide">Whether there is code side by side, which needs the width of the window; prose keeps its own.</param>
    internal static string Write(string title, string body, bool wide = false) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>{Html.Encode(title)}</title>
        <link rel="icon" href="data:,">
        <style>
        {s_style.Value}
        </style>
        </head>
        <body>
        <main{(wide ? " class=\"wide\"" : string.Empty)}>
        {body}
        </main>
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    private static string ReadSheet()
    {
        using Stream stream = typeof(PageFrame).Assembly.GetManifestResourceStream(Sheet)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Sheet}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }
}
