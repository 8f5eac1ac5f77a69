using System.Buffers;
using System.Text;
using System.Xml.Linq;

namespace MlOps.Kernel.Editing;

/// <summary>Writes an element of XML documentation as text.</summary>
internal sealed class DocumentationText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("*_`[<\\");

    private readonly StringBuilder _text = new();
    private readonly bool _markdown;
    private bool _blank; // a blank is due before the next word
    private int _indent;
    private int _itemStart = -1; // where the text behind a bullet begins

    private DocumentationText(bool markdown) => _markdown = markdown;

    internal static string Plain(XElement? element) => Write(element, markdown: false);

    internal static string Markdown(XElement? element) => Write(element, markdown: true);

    internal static string Write(XElement? element, bool markdown)
    {
        if (element is null)
        {
            return "";
        }

        var writer = new DocumentationText(markdown);
        writer.Nodes(element);
        return writer._text.ToString().Trim();
    }

    private void Nodes(XElement element)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText text)
            {
                Words(text.Value, escape: _markdown);
            }
            else if (node is XElement child)
            {
                Element(child);
            }
        }
    }

    private void Element(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "see" or "seealso" or "xref" or "a":
                Reference(element);
                break;
            case "paramref" or "typeparamref":
                Code((string?)element.Attribute("name") ?? "");
                break;
            case "c" or "tt":
                Code(element.Value);
                break;
            case "code":
                CodeBlock(element.Value);
                break;
            case "para" or "p":
                Paragraph();
                Nodes(element);
                Paragraph();
                break;
            case "br":
                Line(hard: true);
                break;
            case "list" or "ul" or "ol":
                List(element);
                break;
            case "b" or "strong" when _markdown:
                Emphasis(element, "**");
                break;
            case "i" or "em" when _markdown:
                Emphasis(element, "*");
                break;
            default:
                Nodes(element);
                break;
        }
    }

    private void Reference(XElement element)
    {
        if (element.Nodes().Any())
        {
            Nodes(element);
        }
        else if ((string?)element.Attribute("langword") is { } word)
        {
            Code(word);
        }
        else if ((string?)element.Attribute("href") is { } address)
        {
            Words(address, escape: false);
        }
        else
        {
            Code(SymbolText.OfReference((string?)element.Attribute("cref") ?? (string?)element.Attribute("uid") ?? ""));
        }
    }

    private void Code(string code)
    {
        string oneLine = string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (oneLine.Length > 0)
        {
            Put(_markdown ? Fence(oneLine) : oneLine);
        }
    }

    /// <summary>A word of code in Markdown, also if it holds the mark itself.</summary>
    internal static string Fence(string code) => code.Contains('`', StringComparison.Ordinal) ? $"`` {code} ``" : $"`{code}`";

    private void CodeBlock(string code)
    {
        string[] lines = code.ReplaceLineEndings("\n").Split('\n');
        int margin = lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        string block = string.Join('\n', lines.Select(line => line.Length >= margin ? line[margin..].TrimEnd() : "")).Trim('\n');
        Paragraph();
        Put(_markdown ? $"```csharp\n{block}\n```" : "    " + block.Replace("\n", "\n    ", StringComparison.Ordinal));
        Paragraph();
    }

    private void List(XElement list)
    {
        Paragraph();
        bool numbered = (string?)list.Attribute("type") == "number" || list.Name.LocalName == "ol";
        int number = 0;
        foreach (XElement item in list.Elements().Where(item => item.Name.LocalName is "item" or "li"))
        {
            Line(hard: false);
            Put(numbered ? FormattableString.Invariant($"{++number}. ") : "- ");
            _itemStart = _text.Length;
            _indent += 2;
            if (item.Element("term") is { } term)
            {
                Nodes(term);
                if (item.Element("description") is { } description)
                {
                    Words(" – ", escape: false);
                    Nodes(description);
                }
            }
            else
            {
                Nodes(item.Element("description") ?? item);
            }

            _indent -= 2;
        }

        Paragraph();
    }

    private void Emphasis(XElement element, string mark)
    {
        string inner = Write(element, _markdown);
        if (inner.Length > 0)
        {
            Put(mark + inner + mark);
        }
    }

    /// <summary>Running text: whatever blanks and line ends the source has, one blank stands between words.</summary>
    private void Words(string text, bool escape)
    {
        int start = 0;
        while (start < text.Length)
        {
            int end = start;
            if (char.IsWhiteSpace(text[start]))
            {
                _blank = true;
                start++;
                continue;
            }

            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            Put(escape ? Escape(text[start..end]) : text[start..end]);
            start = end;
        }
    }

    private void Put(string text)
    {
        if (_blank && _text.Length > 0 && !char.IsWhiteSpace(_text[^1]))
        {
            _text.Append(' ');
        }

        _blank = false;
        _text.Append(text);
    }

    private void Line(bool hard)
    {
        if (_text.Length == 0 || _text.Length == _itemStart)
        {
            return;
        }

        TrimEnd();
        if (_text[^1] != '\n')
        {
            _text.Append(hard && _markdown ? "  \n" : "\n");
        }

        _text.Append(' ', _indent);
    }

    private void Paragraph()
    {
        if (_text.Length == 0 || _text.Length == _itemStart)
        {
            return;
        }

        TrimEnd();
        while (_text.Length < 2 || _text[^1] != '\n' || _text[^2] != '\n')
        {
            _text.Append('\n');
        }

        _text.Append(' ', _indent);
    }

    private void TrimEnd()
    {
        while (_text.Length > 0 && _text[^1] == ' ')
        {
            _text.Length--;
        }

        _blank = false;
    }

    private static string Escape(string word)
    {
        if (!word.AsSpan().ContainsAny(Special))
        {
            return word;
        }

        var escaped = new StringBuilder(word.Length + 4);
        foreach (char c in word)
        {
            if (Special.Contains(c))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
