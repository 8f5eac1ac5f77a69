using System.Text;

namespace MlOps.Fairness.Cards.Rendering;

/// <summary>Blocks as CommonMark with GitHub's tables.</summary>
internal static class MarkdownText
{
    private const string Marks = "\\`*[]|~$";

    internal static string Write(IEnumerable<CardBlock> blocks)
    {
        var text = new StringBuilder();
        foreach (CardBlock block in blocks)
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }

            Write(text, block);
        }

        return text.ToString();
    }

    /// <summary>Text in which nothing is markup any more, in one line.</summary>
    internal static string Escape(string value)
    {
        string text = PlainText.Clean(value);
        var escaped = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            bool inWord = i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]);
            bool marks = Marks.Contains(letter, StringComparison.Ordinal) || (letter == '_' && !inWord) || BeginsBlock(text, i);
            _ = letter switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                _ when marks => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Whether the letter would make the line a heading, a rule or an item of a list: <c># a</c>, <c>---</c>, <c>- a</c>, <c>1. a</c>; not <c>-1</c> and <c>0.5</c>.</summary>
    private static bool BeginsBlock(string text, int i)
    {
        bool endsWord = i + 1 == text.Length || text[i + 1] == ' ';
        return text[i] switch
        {
            '#' or '=' => i == 0,
            '-' => i == 0 && (endsWord || text[1] == '-'),
            '+' => i == 0 && endsWord,
            '.' or ')' => i > 0 && endsWord && text.AsSpan(0, i).IndexOfAnyExceptInRange('0', '9') < 0,
            _ => false,
        };
    }

    private static void Write(StringBuilder text, CardBlock block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                text.Append('#', heading.Level).Append(' ').Append(Escape(heading.Text)).Append('\n');
                break;
            case ParagraphBlock { Role: TextRole.Question } question:
                text.Append("**").Append(Escape(question.Text)).Append("**\n");
                break;
            case ParagraphBlock { Role: TextRole.Open } open:
                text.Append("_**").Append(Escape(open.Text)).Append("**_\n");
                break;
            case ParagraphBlock { Role: TextRole.Notice } notice:
                text.Append("> ").Append(Escape(notice.Text)).Append('\n');
                break;
            case ParagraphBlock { Role: TextRole.Recorded } recorded:
                text.Append(Escape(recorded.Text)).Append(" _(recorded)_\n");
                break;
            case ParagraphBlock paragraph:
                text.Append(Escape(paragraph.Text)).Append('\n');
                break;
            case ListBlock list:
                foreach (string item in list.Items)
                {
                    text.Append("- ").Append(Escape(item)).Append('\n');
                }

                break;
            case TableBlock table:
                Row(text, table.Header);
                text.Append('|').Insert(text.Length, "---|", table.Header.Count).Append('\n');
                foreach (IReadOnlyList<string> row in table.Rows)
                {
                    Row(text, row);
                }

                break;
        }
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(Escape)).Append(" |\n");
}
