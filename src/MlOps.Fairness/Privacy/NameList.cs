using MlOps.Data.Identifiers;

namespace MlOps.Fairness.Privacy;

/// <summary>Names looked up word by word, the longest run of words first.</summary>
internal sealed class NameList
{
    private readonly HashSet<string> _names;
    private readonly int _mostWords;

    internal NameList(IReadOnlyList<string> names)
    {
        _names = new HashSet<string>(names.Select(name => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(name => name.Length > 0), StringComparer.OrdinalIgnoreCase);
        _mostWords = _names.Count == 0 ? 0 : _names.Max(name => name.Count(c => c == ' ') + 1);
    }

    /// <summary>Names in a text; neighbours such as a given and a family name become one match.</summary>
    internal IEnumerable<PiiMatch> Find(string text, double confidence)
    {
        List<(int Start, int End)> words = Words(text);
        bool ignoreCase = !text.Any(char.IsUpper) || !text.Any(char.IsLower);
        int first = -1;
        int last = -1;
        for (int i = 0; i < words.Count;)
        {
            int length = LengthAt(text, words, i, ignoreCase);
            bool joins = first >= 0 && length > 0 && AreNeighbours(text, words, last, i);
            if (first >= 0 && !joins)
            {
                yield return Match(text, words[first].Start, words[last].End, confidence);
                first = -1;
            }

            first = length > 0 && first < 0 ? i : first;
            last = length > 0 ? i + length - 1 : last;
            i += Math.Max(1, length);
        }

        if (first >= 0)
        {
            yield return Match(text, words[first].Start, words[last].End, confidence);
        }
    }

    private static PiiMatch Match(string text, int start, int end, double confidence) => new(PersonalDataKind.Name, start, text[start..end], confidence);

    /// <summary>How many words from here on are a name; 0 if none.</summary>
    private int LengthAt(string text, List<(int Start, int End)> words, int at, bool ignoreCase)
    {
        if (!ignoreCase && !char.IsUpper(text[words[at].Start]))
        {
            return 0;
        }

        for (int count = Math.Min(_mostWords, words.Count - at); count > 0; count--)
        {
            string run = string.Join(' ', Enumerable.Range(at, count).Select(i => text[words[i].Start..words[i].End]));
            if (_names.Contains(run) && Enumerable.Range(at, count - 1).All(i => AreNeighbours(text, words, i, i + 1)))
            {
                return count;
            }
        }

        return 0;
    }

    private static bool AreNeighbours(string text, List<(int Start, int End)> words, int left, int right) =>
        text.AsSpan(words[left].End, words[right].Start - words[left].End).IsWhiteSpace();

    private static List<(int Start, int End)> Words(string text)
    {
        var words = new List<(int Start, int End)>();
        for (int i = 0; i < text.Length; i++)
        {
            int start = i;
            while (i < text.Length && (char.IsLetter(text[i]) || char.GetUnicodeCategory(text[i]) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark))
            {
                i++;
            }

            if (i > start)
            {
                words.Add((start, i));
            }
        }

        return words;
    }
}
