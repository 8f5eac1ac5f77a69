using System.Text;

namespace MlOps.Drift.Monitoring;

/// <summary>Splits text into CSV records as they arrive; a record that has not ended yet waits for its rest.</summary>
/// <remarks>The same grammar as <see cref="Data.Table.ReadCsv(string, Data.CsvOptions?, IProgress{double}?, CancellationToken)"/>: fields in quotes may hold commas, line
/// ends and doubled quotes; a quote inside an unquoted field is an ordinary character.</remarks>
internal sealed class CsvRecordReader(TextReader reader)
{
    private const int LongestRecord = 16 * 1024 * 1024; // a quote that is not closed would swallow the stream
    private readonly char[] _block = new char[64 * 1024];
    private readonly StringBuilder _record = new();
    private int _at;
    private int _end;
    private int _fields = 1;
    private int _fieldStart;
    private string? _picked;
    private bool _quoted;
    private bool _afterReturn;
    private long _line = 1;

    /// <summary>The field, counted from 0, whose text is wanted; −1 for none.</summary>
    internal int Pick { get; set; } = -1;

    /// <summary>Reads more text; false at the end of what there is now.</summary>
    internal async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        // A console cannot be cancelled; the wait for it can.
        _end = await reader.ReadAsync(_block.AsMemory(), cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        _at = 0;
        return _end > 0;
    }

    /// <summary>Takes the next whole record out of what was read.</summary>
    /// <exception cref="InvalidDataException">A record does not end.</exception>
    internal bool TryRead(out CsvRecord record)
    {
        while (_at < _end)
        {
            char c = _block[_at++];
            bool newLine = c == '\n' && _afterReturn;
            _afterReturn = c == '\r';
            if (newLine)
            {
                continue;
            }

            if (!_quoted && c is '\n' or '\r' && !_quoted)
            {
                _line++;
                record = Finish();
                return true;
            }

            if (c == '"' && (_quoted || _record.Length == _fieldStart))
            {
                _quoted = !_quoted;
            }
            else if (c == '"' && !_quoted && _record[^1] == '"' && _record[_fieldStart] == '"')
            {
                _quoted = true; // a doubled quote: the field goes on
            }
            else if (c == ',' && !_quoted)
            {
                EndField();
                _fields++;
                _record.Append(c);
                _fieldStart = _record.Length;
                continue;
            }

            _record.Append(c);
            if (_record.Length > LongestRecord)
            {
                throw new InvalidDataException(FormattableString.Invariant($"the record that begins at line {_line} does not end within {LongestRecord / (1024 * 1024)} MiB: is a quote not closed?"));
            }
        }

        record = default;
        return false;
    }

    /// <summary>The last record, where the stream ends without a line end.</summary>
    internal bool TryFinish(out CsvRecord record)
    {
        bool any = _record.Length > 0;
        record = any ? Finish() : default;
        return any;
    }

    private CsvRecord Finish()
    {
        EndField();
        var record = new CsvRecord(_record.ToString(), _fields, _picked);
        _record.Clear();
        (_fields, _fieldStart, _picked, _quoted) = (1, 0, null, false);
        return record;
    }

    private void EndField()
    {
        if (_fields - 1 == Pick)
        {
            _picked = Unquoted(_record.ToString(_fieldStart, _record.Length - _fieldStart));
        }
    }

    /// <summary>A field without the quotes around it.</summary>
    internal static string Unquoted(string field) =>
        field is ['"', .., '"'] ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;
}
