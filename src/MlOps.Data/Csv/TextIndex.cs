using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace MlOps.Data.Csv;

/// <summary>A dictionary from UTF-8 bytes to the codes 0, 1, 2 … in order of first appearance: a text becomes a string once, not once a row.</summary>
internal sealed class TextIndex
{
    internal const int Unknown = -2;
    private const int MissingCode = -1;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<string> _levels = [];
    private int[] _slots = NewSlots(64);
    private Entry[] _entries = new Entry[16];
    private int _count;
    private byte[] _bytes = new byte[256];
    private int _used;

    /// <summary>Gets the distinct texts in order of first appearance.</summary>
    internal IReadOnlyList<string> Levels => _levels;

    /// <summary>Returns the code of a text, or <see cref="Unknown"/>.</summary>
    /// <param name="text">The bytes of the field, without quotes.</param>
    /// <param name="token">Whether this is a text that only its quotes keep from being a missing value.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot in the very first file: no time to warm up
    internal int Find(ReadOnlySpan<byte> text, bool token)
    {
        uint hash = Hash(text, token);
        int mask = _slots.Length - 1;
        for (int slot = (int)hash & mask; _slots[slot] >= 0; slot = (slot + 1) & mask)
        {
            ref Entry entry = ref _entries[_slots[slot]];
            if (entry.Hash == hash && entry.Token == token && text.SequenceEqual(_bytes.AsSpan(entry.Start, entry.Length)))
            {
                return entry.Code;
            }
        }

        return Unknown;
    }

    /// <summary>Adds a text that <see cref="Find"/> did not know and returns its code.</summary>
    /// <exception cref="CsvFault">The bytes are not UTF-8.</exception>
    internal int Add(ReadOnlySpan<byte> text, bool token, bool missing, int offset)
    {
        int code = MissingCode;
        if (!missing)
        {
            code = _levels.Count;
            _levels.Add(Decode(text, offset));
        }

        if (_count * 2 >= _slots.Length)
        {
            Grow();
        }

        if (_used + text.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_used + text.Length, _bytes.Length * 2));
        }

        text.CopyTo(_bytes.AsSpan(_used));
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        _entries[_count] = new Entry(Hash(text, token), _used, text.Length, code, token);
        Place(_count++);
        _used += text.Length;
        return code;
    }

    private static string Decode(ReadOnlySpan<byte> text, int offset)
    {
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw new CsvFault(offset, "these bytes are not UTF-8. Save the file as UTF-8 (with or without byte order mark).");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // as above
    private static uint Hash(ReadOnlySpan<byte> text, bool token)
    {
        // Multiply and rotate, eight bytes at a time. Quality beyond spreading short labels over a small table is not needed.
        const ulong Odd = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)text.Length + (token ? Odd : 0);
        while (text.Length >= sizeof(ulong))
        {
            hash = (ulong.RotateLeft(hash, 23) ^ MemoryMarshal.Read<ulong>(text)) * Odd;
            text = text[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (byte b in text)
        {
            rest = (rest << 8) | b;
        }

        hash = (ulong.RotateLeft(hash, 23) ^ rest) * Odd;
        return (uint)(hash >> 32);
    }

    private static int[] NewSlots(int count)
    {
        int[] slots = new int[count];
        slots.AsSpan().Fill(-1);
        return slots;
    }

    private void Grow()
    {
        _slots = NewSlots(_slots.Length * 4);
        for (int i = 0; i < _count; i++)
        {
            Place(i);
        }
    }

    private void Place(int entry)
    {
        int mask = _slots.Length - 1;
        int slot = (int)_entries[entry].Hash & mask;
        while (_slots[slot] >= 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = entry;
    }

    private readonly record struct Entry(uint Hash, int Start, int Length, int Code, bool Token);
}
