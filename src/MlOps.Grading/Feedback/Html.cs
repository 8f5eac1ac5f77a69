namespace MlOps.Grading.Feedback;

/// <summary>Text on its way into HTML.</summary>
internal static class Html
{
    /// <summary>Cleans text (<see cref="PlainText.Clean"/>) and encodes it for element content and attribute values.</summary>
    internal static string Encode(string text) => HtmlText.Encode(PlainText.Clean(text));
}
