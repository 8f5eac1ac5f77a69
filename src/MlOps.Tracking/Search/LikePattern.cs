namespace MlOps.Tracking.Search;

/// <summary>The pattern of LIKE: <c>%</c> is any text, also none; <c>_</c> is one character, also one outside the basic plane. Nothing is an escape.</summary>
/// <remarks>No regular expression: at most length × length steps, whatever the pattern.</remarks>
/// <param name="pattern">The pattern; the whole text must match.</param>
/// <param name="ignoreCase">Whether letters match whatever their case, by the invariant culture.</param>
internal sealed class LikePattern(string pattern, bool ignoreCase)
{
    internal bool Matches(string text)
    {
        int at = 0;
        int next = 0;
        int resumeText = -1;
        int resumePattern = -1;
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '%')
            {
                resumePattern = ++next;
                resumeText = at;
            }
            else if (next < pattern.Length && pattern[next] == '_')
            {
                next++;
                at += Width(text, at);
            }
            else if (next < pattern.Length && Same(pattern[next], text[at]))
            {
                next++;
                at++;
            }
            else if (resumePattern < 0)
            {
                return false;
            }
            else
            {
                resumeText += Width(text, resumeText); // the last % takes one character more; earlier ones need not be tried again
                (at, next) = (resumeText, resumePattern);
            }
        }

        while (next < pattern.Length && pattern[next] == '%')
        {
            next++;
        }

        return next == pattern.Length;
    }

    private bool Same(char a, char b) => a == b || (ignoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));

    private static int Width(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
}
