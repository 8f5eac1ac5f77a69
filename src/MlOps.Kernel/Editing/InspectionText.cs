using System.Text;
using System.Xml.Linq;

namespace MlOps.Kernel.Editing;

/// <summary>Builds both forms of an <see cref="Inspection"/> side by side.</summary>
internal sealed class InspectionText
{
    private readonly StringBuilder _plain = new();
    private readonly StringBuilder _markdown = new();

    internal InspectionText Signature(string signature)
    {
        Space();
        _plain.Append(signature);
        _markdown.Append("```csharp\n").Append(signature).Append("\n```");
        return this;
    }

    internal InspectionText Text(string text)
    {
        Space();
        _plain.Append(text);
        _markdown.Append(text);
        return this;
    }

    internal InspectionText Value(string value)
    {
        Space();
        _plain.Append("Value: ").Append(value);
        _markdown.Append("Value: ").Append(DocumentationText.Fence(value));
        return this;
    }

    internal InspectionText Part(XElement? element)
    {
        string plain = DocumentationText.Plain(element);
        if (plain.Length > 0)
        {
            Space();
            _plain.Append(plain);
            _markdown.Append(DocumentationText.Markdown(element));
        }

        return this;
    }

    internal InspectionText Section(string title, XElement? element)
    {
        if (DocumentationText.Plain(element).Length > 0)
        {
            Title(title);
            _plain.Append("\n  ").Append(DocumentationText.Plain(element).Replace("\n", "\n  ", StringComparison.Ordinal));
            _markdown.Append("\n\n").Append(DocumentationText.Markdown(element));
        }

        return this;
    }

    /// <summary>A list of names with their descriptions.</summary>
    internal InspectionText Section(string title, IEnumerable<(string Name, XElement? Text)> items)
    {
        bool first = true;
        foreach ((string name, XElement? text) in items)
        {
            if (first)
            {
                Title(title);
                _markdown.Append('\n');
                first = false;
            }

            string plain = DocumentationText.Plain(text);
            string markdown = DocumentationText.Markdown(text);
            _plain.Append("\n  ").Append(name).Append(plain.Length > 0 ? ": " : "").Append(plain.Replace("\n", "\n    ", StringComparison.Ordinal));
            _markdown.Append("\n- `").Append(name).Append('`').Append(markdown.Length > 0 ? ": " : "").Append(markdown.Replace("\n", "\n  ", StringComparison.Ordinal));
        }

        return this;
    }

    internal Inspection ToInspection() => new(_plain.ToString(), _markdown.ToString());

    private void Title(string title)
    {
        Space();
        _plain.Append(title);
        _markdown.Append("**").Append(title).Append("**");
    }

    private void Space()
    {
        _plain.Append(_plain.Length > 0 ? "\n\n" : "");
        _markdown.Append(_markdown.Length > 0 ? "\n\n" : "");
    }
}
