using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MlOps.Charts.Plotly;

/// <summary>Writes JSON in a fixed order with numbers of seven digits. Not thread-safe.</summary>
internal sealed class JsonText : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _writer;

    internal JsonText() => _writer = new Utf8JsonWriter(_bytes);

    internal void Object(string name, Action content)
    {
        _writer.WriteStartObject(name);
        content();
        _writer.WriteEndObject();
    }

    internal void Object(Action content)
    {
        _writer.WriteStartObject();
        content();
        _writer.WriteEndObject();
    }

    internal void Array(string name, Action content)
    {
        _writer.WriteStartArray(name);
        content();
        _writer.WriteEndArray();
    }

    /// <summary>An identifier or value that Plotly defines; written as it is.</summary>
    internal void Set(string name, string value) => _writer.WriteString(name, value);

    internal void Set(string name, bool value) => _writer.WriteBoolean(name, value);

    internal void Set(string name, double value)
    {
        _writer.WritePropertyName(name);
        Number(value);
    }

    /// <summary>Text of the user's: Plotly reads a little HTML, so the signs of HTML are encoded.</summary>
    internal void Text(string name, string value) => _writer.WriteString(name, Encode(value));

    /// <summary>HTML that we made.</summary>
    internal void Markup(string name, string html) => _writer.WriteString(name, html);

    internal void Numbers(string name, IEnumerable<double> values)
    {
        _writer.WriteStartArray(name);
        foreach (double value in values)
        {
            Number(value);
        }

        _writer.WriteEndArray();
    }

    internal void Rows(string name, IEnumerable<IEnumerable<double>> rows)
    {
        _writer.WriteStartArray(name);
        foreach (IEnumerable<double> row in rows)
        {
            _writer.WriteStartArray();
            foreach (double value in row)
            {
                Number(value);
            }

            _writer.WriteEndArray();
        }

        _writer.WriteEndArray();
    }

    internal void Texts(string name, IEnumerable<string?> values)
    {
        _writer.WriteStartArray(name);
        WriteTexts(values);
        _writer.WriteEndArray();
    }

    internal void TextRows(string name, IEnumerable<IEnumerable<string>> rows)
    {
        _writer.WriteStartArray(name);
        foreach (IEnumerable<string> row in rows)
        {
            _writer.WriteStartArray();
            WriteTexts(row);
            _writer.WriteEndArray();
        }

        _writer.WriteEndArray();
    }

    /// <summary>Colour stops as pairs.</summary>
    internal void Scale(string name, (double At, string Colour)[] stops)
    {
        _writer.WriteStartArray(name);
        foreach ((double at, string colour) in stops)
        {
            _writer.WriteStartArray();
            Number(at);
            _writer.WriteStringValue(colour);
            _writer.WriteEndArray();
        }

        _writer.WriteEndArray();
    }

    internal static string Encode(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Releases the writer.</summary>
    public void Dispose() => _writer.Dispose();

    internal string Finish()
    {
        _writer.Flush();
        return Encoding.UTF8.GetString(_bytes.WrittenSpan);
    }

    private void WriteTexts(IEnumerable<string?> values)
    {
        foreach (string? value in values)
        {
            if (value is null)
            {
                _writer.WriteNullValue();
            }
            else
            {
                _writer.WriteStringValue(Encode(value));
            }
        }
    }

    private void Number(double value)
    {
        if (double.IsNaN(value))
        {
            _writer.WriteNullValue(); // a gap
        }
        else
        {
            _writer.WriteRawValue(NumberText.Stable(value), skipInputValidation: true);
        }
    }
}
