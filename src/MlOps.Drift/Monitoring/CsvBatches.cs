using System.Runtime.CompilerServices;
using System.Text;
using MlOps.Data;

namespace MlOps.Drift.Monitoring;

/// <summary>Cuts CSV text, as it arrives, into batches.</summary>
/// <remarks>
/// Lines with too many or too few fields, rows without a readable time, rows ahead of the clock and rows whose window is closed are left out
/// and counted in the next batch's <see cref="Batch.Intake"/>; rows that are out of order within the lateness are sorted into their window.
/// A row ahead of the clock does not close a window. A window of time without rows is an empty batch; of a longer gap the first hundred.
/// <para>Every batch has the types of <paramref name="like"/>: digits where it has text are text. What does not fit keeps its own type, for a
/// <see cref="DriftCheck"/> to report. Ids are the same whenever the same source is read again from its start.</para>
/// </remarks>
/// <param name="source">The name of the source, part of the ids of batches by rows.</param>
/// <param name="options">How to cut.</param>
/// <param name="like">A table with the right types; null takes each batch's own.</param>
/// <param name="clock">The clock; the system's if null.</param>
public sealed class CsvBatches(string source, WindowOptions options, Table? like = null, TimeProvider? clock = null)
{
    private const int MostEmpty = 100;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly SortedDictionary<DateTimeOffset, RowBucket> _open = [];
    private string _header = string.Empty;
    private int _fields;
    private long _taken;
    private DateTimeOffset _newest = DateTimeOffset.MinValue;
    private DateTimeOffset _closed = DateTimeOffset.MinValue;
    private Intake _intake = new();

    /// <summary>Gets the rows that wait in windows that are not closed.</summary>
    public int Waiting => _open.Values.Sum(bucket => bucket.Rows);

    /// <summary>Gets the counts of irregular rows that no batch has reported yet.</summary>
    public Intake Unreported => _intake;

    /// <summary>Reads until the end, or for ever.</summary>
    /// <param name="reader">The text, with a header line.</param>
    /// <param name="follow">Whether to wait for more at the end. Rows whose window is not closed are then left waiting when it is cancelled.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The text has no header, or not the time column, or a record does not end. The message begins with the source.</exception>
    /// <exception cref="CsvException">The rows of a batch are no table.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async IAsyncEnumerable<Batch> ReadAsync(TextReader reader, bool follow = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        options.Check();
        var records = new CsvRecordReader(reader);
        long idleSince = _clock.GetTimestamp();
        while (true)
        {
            while (Next(records, records.TryRead, out bool isRow))
            {
                if (isRow && Rowful() is { } full)
                {
                    yield return full;
                }

                foreach (Batch batch in isRow ? Closed(_newest - options.Lateness) : [])
                {
                    yield return batch;
                }
            }

            if (await FillAsync(records, cancellationToken).ConfigureAwait(false))
            {
                idleSince = _clock.GetTimestamp();
                continue;
            }

            if (!follow)
            {
                break;
            }

            if (_clock.GetElapsedTime(idleSince) >= options.Idle)
            {
                foreach (Batch batch in Closed(_clock.GetUtcNow() - options.Lateness, onlyIfThere: true))
                {
                    yield return batch;
                }
            }

            await Task.Delay(s_poll, _clock, cancellationToken).ConfigureAwait(false);
        }

        Next(records, records.TryFinish, out _);
        if (_header.Length == 0)
        {
            throw new InvalidDataException($"{source}: there is no header line; the text is empty.");
        }

        if (Rowful() is { } last)
        {
            yield return last;
        }

        foreach (Batch batch in Remaining())
        {
            yield return batch;
        }
    }

    private delegate bool Taker(out CsvRecord record);

    private async ValueTask<bool> FillAsync(CsvRecordReader records, CancellationToken cancellationToken)
    {
        try
        {
            return await records.FillAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new InvalidDataException($"{source}: {e.Message}", e);
        }
    }

    /// <summary>Takes one record; the first is the header.</summary>
    private bool Next(CsvRecordReader records, Taker take, out bool isRow)
    {
        isRow = false;
        CsvRecord record;
        try
        {
            if (!take(out record))
            {
                return false;
            }
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{source}: {e.Message}", e);
        }

        if (_header.Length == 0)
        {
            Header(records, record);
        }
        else if (record.Text.Length > 0 || _fields == 1)
        {
            isRow = Take(record);
        }

        return true;
    }

    private void Header(CsvRecordReader records, CsvRecord record)
    {
        string text = record.Text.TrimStart('\ufeff');
        if (text.Length == 0)
        {
            return;
        }

        (_header, _fields) = (text, record.Fields);
        if (options.TimeColumn is { } column)
        {
            string[] names = [.. Table.ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(text + "\n"))).Columns.Select(c => c.Name)];
            records.Pick = Array.IndexOf(names, column);
            if (records.Pick < 0)
            {
                throw new InvalidDataException($"{source}: there is no column '{column}' for the time of a row. There are: {string.Join(", ", names)}.");
            }
        }
    }

    private bool Take(CsvRecord record)
    {
        if (record.Fields != _fields)
        {
            _intake += new Intake(Malformed: 1);
            return false;
        }

        DateTimeOffset now = _clock.GetUtcNow();
        DateTimeOffset time = now;
        if (options.TimeColumn is not null)
        {
            if (!RowTime.TryRead(record.Picked, out time))
            {
                _intake += new Intake(Untimed: 1);
                return false;
            }

            if (time > now + options.FutureTolerance)
            {
                _intake += new Intake(Future: 1);
                return false;
            }
        }

        DateTimeOffset window = options.Rows is null ? options.WindowOf(time).From : DateTimeOffset.MinValue;
        if (options.Rows is null && window < _closed)
        {
            _intake += new Intake(Late: 1);
            return false;
        }

        if (time < _newest && options.TimeColumn is not null)
        {
            _intake += new Intake(OutOfOrder: 1);
        }

        _newest = time > _newest ? time : _newest;
        if (!_open.TryGetValue(window, out RowBucket? bucket))
        {
            _open.Add(window, bucket = new RowBucket());
        }

        bucket.Add(record.Text, time);
        return true;
    }

    /// <summary>The batch by rows that is full; null if none is.</summary>
    private Batch? Rowful() => options.Rows is { } rows && Waiting >= rows ? ByRows() : null;

    private Batch ByRows()
    {
        RowBucket bucket = _open.Values.Single();
        _open.Clear();
        long first = _taken + 1;
        _taken += bucket.Rows;
        return Build(FormattableString.Invariant($"{source}#{first}-{_taken}"), bucket, bucket.First, bucket.Last);
    }

    private IEnumerable<Batch> Remaining() =>
        _open.Count == 0 ? []
        : options.Rows is not null ? [ByRows()]
        : Closed(DateTimeOffset.MaxValue);

    /// <summary>The windows of time that end before the watermark.</summary>
    private IEnumerable<Batch> Closed(DateTimeOffset watermark, bool onlyIfThere = false)
    {
        while (options.Rows is null && _open.Count > 0)
        {
            (DateTimeOffset from, RowBucket bucket) = _open.First();
            (_, DateTimeOffset until) = options.WindowOf(from);
            if (until > watermark && (watermark < DateTimeOffset.MaxValue || onlyIfThere))
            {
                yield break;
            }

            foreach (Batch empty in Empty(from))
            {
                yield return empty;
            }

            _open.Remove(from);
            _closed = until;
            Batch batch = Build(Batch.Of(new Table(), from, until).Id, bucket, from, until);
            yield return batch;
        }
    }

    /// <summary>The windows without rows before the next one that has some.</summary>
    private IEnumerable<Batch> Empty(DateTimeOffset next)
    {
        for (int i = 0; i < MostEmpty && _closed > DateTimeOffset.MinValue && _closed < next; i++)
        {
            (DateTimeOffset from, DateTimeOffset until) = options.WindowOf(_closed);
            _closed = until;
            yield return Build(Batch.Of(new Table(), from, until).Id, new RowBucket(), from, until);
        }
    }

    private Batch Build(string id, RowBucket bucket, DateTimeOffset from, DateTimeOffset until)
    {
        Intake intake = _intake;
        _intake = new Intake();
        return new Batch(id, Read(bucket.Csv(_header)), from, until) { Intake = intake };
    }

    private Table Read(string csv)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(csv);
        var table = Table.ReadCsv(new MemoryStream(bytes));
        Dictionary<string, Type> texts = table.Columns
            .Where(column => column.ValueType != typeof(string) && like is not null && like.HasColumn(column.Name) && like[column.Name].ValueType == typeof(string))
            .ToDictionary(column => column.Name, _ => typeof(string), StringComparer.Ordinal);
        return texts.Count == 0 ? table : Table.ReadCsv(new MemoryStream(bytes), new CsvOptions { Types = texts });
    }
}
