using System.Globalization;
using System.Text;

namespace MlOps.Kernel.Engine;

/// <summary>Collects what one cell shows, merges neighbouring writes, and keeps the limits. Thread-safe.</summary>
/// <remarks>
/// Cell code may be aborted at any instruction; every change of state is therefore shielded.
/// Nothing here calls out, so a writer never waits for the reader. What arrives after <see cref="Close"/> goes to the receiver of late
/// output, at most every 50 ms and from a thread of its own, or is dropped if there is none.
/// </remarks>
internal sealed class OutputQueue(string label, long maxStreamBytes, int maxDisplays, AbortShield shield, Action<CellOutput>? late)
{
    private static readonly TimeSpan LateInterval = TimeSpan.FromMilliseconds(50);

    private const int ChunkLength = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly List<CellOutput> _ready = [];
    private readonly StringBuilder _text = new();
    private string _stream = "stdout";
    private long _keptBytes;
    private long _droppedBytes;
    private int _displays;
    private int _droppedDisplays;
    private bool _closed;
    private bool _lateUnderWay;
    private bool _noted;

    /// <summary>Raised, outside the lock, when something is ready that should not wait for the next flush.</summary>
    internal event Action? Ready;

    /// <exception cref="OperationCanceledException">The cell has just been told to stop.</exception>
    internal void Write(string stream, ReadOnlySpan<char> text)
    {
        StoppableCode.ThrowIfJustStopped();
        shield.Run(StoppableCode.IsHere, new Writing(this, stream, text), static writing => writing.Queue.Put(writing.Stream, writing.Text));
    }

    /// <summary>Adds an output after the text written so far.</summary>
    /// <exception cref="OperationCanceledException">The cell has just been told to stop.</exception>
    internal void Add(CellOutput output)
    {
        StoppableCode.ThrowIfJustStopped();
        shield.Run(StoppableCode.IsHere, (Queue: this, Output: output), static adding => adding.Queue.Put(adding.Output));
    }

    /// <summary>Adds a new display; false if the cell has used up its number or has ended.</summary>
    /// <exception cref="OperationCanceledException">The cell has just been told to stop.</exception>
    internal bool TryAddDisplay(IReadOnlyDictionary<string, string> bundle, string id)
    {
        StoppableCode.ThrowIfJustStopped();
        bool[] accepted = [false];
        shield.Run(StoppableCode.IsHere, (Queue: this, Accepted: accepted), static counting => counting.Accepted[0] = counting.Queue.CountDisplay());
        if (accepted[0])
        {
            Add(new DisplayOutput(bundle, id, IsUpdate: false));
        }

        return accepted[0];
    }

    /// <summary>Takes everything that is ready; with <paramref name="flush"/> also text still being merged.</summary>
    internal CellOutput[] Take(bool flush)
    {
        lock (_gate)
        {
            if (flush)
            {
                FlushText();
            }

            CellOutput[] taken = [.. _ready];
            _ready.Clear();
            return taken;
        }
    }

    /// <summary>Ends the cell's output with a note about what the limits kept back.</summary>
    internal void Close(ErrorOutput? error)
    {
        lock (_gate)
        {
            FlushText();
            if (_droppedBytes > 0)
            {
                _ready.Add(Note($"{label} printed too much: {_keptBytes:N0} bytes are shown, {_droppedBytes:N0} more were dropped. Print less, or write the text to a file."));
            }

            if (_droppedDisplays > 0)
            {
                _ready.Add(Note($"{label} displayed too much: {_displays:N0} displays are shown, {_droppedDisplays:N0} more were dropped. Update one display instead of adding new ones."));
            }

            _noted = _droppedBytes > 0;
            if (error is not null)
            {
                _ready.Add(error);
            }

            _closed = true;
        }
    }

    private bool Accepts => !_closed || late is not null;

    /// <summary>Has what came after the end delivered soon. Under the lock.</summary>
    private void DeliverLate()
    {
        if (!_closed || _lateUnderWay)
        {
            return;
        }

        _lateUnderWay = true; // one thread at a time, so that the receiver is called once at a time
        new Thread(() =>
        {
            Thread.Sleep(LateInterval);
            while (TakeLate() is { Length: > 0 } outputs)
            {
                foreach (CellOutput output in outputs)
                {
                    late!(output);
                }

                Thread.Sleep(LateInterval);
            }
        })
        {
            IsBackground = true,
            Name = "late output",
        }.UnsafeStart();
    }

    private CellOutput[] TakeLate()
    {
        lock (_gate)
        {
            CellOutput[] outputs = Take(flush: true);
            if (_droppedBytes > 0 && !_noted)
            {
                _noted = true;
                outputs = [.. outputs, Note($"{label} prints too much in the background: {_keptBytes:N0} bytes are shown, the rest is dropped.")];
            }

            _lateUnderWay = outputs.Length > 0;
            return outputs;
        }
    }

    private void Put(string stream, ReadOnlySpan<char> text)
    {
        bool wake = false;
        lock (_gate)
        {
            if (Accepts && text.Length > 0)
            {
                wake = Append(stream, text);
                DeliverLate();
            }
        }

        if (wake)
        {
            Ready?.Invoke();
        }
    }

    private void Put(CellOutput output)
    {
        lock (_gate)
        {
            if (Accepts)
            {
                FlushText();
                Enqueue(output);
                DeliverLate();
            }
        }

        Ready?.Invoke();
    }

    private bool CountDisplay()
    {
        lock (_gate)
        {
            bool accepted = Accepts && _displays < maxDisplays;
            if (accepted)
            {
                _displays++;
            }
            else
            {
                _droppedDisplays++;
            }

            return accepted;
        }
    }

    private static StreamOutput Note(FormattableString text) => new("stderr", "[" + text.ToString(CultureInfo.InvariantCulture) + "]\n");

    private bool Append(string stream, ReadOnlySpan<char> text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        long room = maxStreamBytes - _keptBytes;
        if (_droppedBytes > 0 || bytes > room)
        {
            ReadOnlySpan<char> kept = _droppedBytes > 0 ? [] : Fit(text, room);
            _droppedBytes += bytes;
            bytes = Encoding.UTF8.GetByteCount(kept);
            _droppedBytes -= bytes;
            text = kept;
        }

        if (text.IsEmpty)
        {
            return false;
        }

        _keptBytes += bytes;
        if (stream != _stream)
        {
            FlushText();
            _stream = stream;
        }

        _text.Append(text);
        if (_text.Length < ChunkLength)
        {
            return false;
        }

        FlushText();
        return true;
    }

    /// <summary>The longest head of the text that fits, never half of a surrogate pair.</summary>
    private static ReadOnlySpan<char> Fit(ReadOnlySpan<char> text, long room)
    {
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    private void FlushText()
    {
        if (_text.Length > 0)
        {
            _ready.Add(new StreamOutput(_stream, _text.ToString()));
            _text.Clear();
        }
    }

    private void Enqueue(CellOutput output)
    {
        // A reader that is slower than the cell needs only the newest state of a display: memory stays flat.
        if (output is DisplayOutput { IsUpdate: true } update && _ready.Count > 0
            && _ready[^1] is DisplayOutput { IsUpdate: true } last && last.DisplayId == update.DisplayId)
        {
            _ready[^1] = update;
            return;
        }

        if (output is ClearOutput)
        {
            _keptBytes = 0; // what has been erased is no longer shown
        }

        _ready.Add(output);
    }

    private readonly ref struct Writing(OutputQueue queue, string stream, ReadOnlySpan<char> text)
    {
        internal OutputQueue Queue { get; } = queue;

        internal string Stream { get; } = stream;

        internal ReadOnlySpan<char> Text { get; } = text;
    }
}
