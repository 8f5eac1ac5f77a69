using System.Globalization;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Files;

/// <summary>The promotion log of a folder: <c>promotions.jsonl</c>, an entry a line, only ever appended to. Used under the store's lock, except for reading.</summary>
/// <remarks>
/// A change of files and the entry about it cannot happen in one step. So what is going to happen is noted in <c>.promotions.pending</c> first; then the files change, then the log
/// tells, then the note goes. Whoever finds a note left by a process that died does the rest: nothing moves without an entry. MLflow does not look at either file.
/// A last line without its end was never acknowledged; it is left out, and cut off by the next entry.
/// </remarks>
/// <param name="root">The store's folder.</param>
internal sealed class PromotionFile(string root)
{
    private readonly string _path = Path.Combine(root, "promotions.jsonl");
    private readonly string _pending = Path.Combine(root, ".promotions.pending");

    /// <summary>Whether a process died in the middle of a change.</summary>
    internal bool HasPending => File.Exists(_pending);

    /// <summary>Returns the entries, oldest first.</summary>
    internal List<PromotionEntry> Read() => Read(_path);

    /// <summary>Makes the entries of a change, changes the files and tells it.</summary>
    /// <param name="drafts">What is going to happen.</param>
    /// <param name="now">Milliseconds since 1970-01-01 UTC.</param>
    /// <param name="apply">Changes the files as one entry says; must be able to do it twice.</param>
    internal PromotionEntry[] Append(IReadOnlyList<PromotionDraft> drafts, long now, Action<PromotionEntry> apply)
    {
        (PromotionEntry? last, _) = Tail();
        var entries = new PromotionEntry[drafts.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            last = entries[i] = PromotionRules.Next(drafts[i], last, now);
        }

        byte[] lines = [.. entries.SelectMany(entry => (byte[])[.. PromotionJson.Line(entry), (byte)'\n'])];
        WholeFile.Replace(_pending, root, lines);
        try
        {
            apply(entries[0]);
        }
        catch
        {
            File.Delete(_pending); // nothing has changed yet
            throw;
        }

        Finish(entries.AsSpan(1), lines, apply);
        return entries;
    }

    /// <summary>Does the rest of a change in the middle of which a process died.</summary>
    internal void Settle(Action<PromotionEntry> apply)
    {
        if (!HasPending)
        {
            return;
        }

        List<PromotionEntry> pending = Read(_pending);
        (PromotionEntry? last, _) = Tail();
        if (pending.Count > 0 && pending[0].PreviousHash == (last?.Hash ?? PromotionEntry.Origin))
        {
            Finish([.. pending], File.ReadAllBytes(_pending), apply);
        }
        else
        {
            File.Delete(_pending); // it had been told: only the note was left
        }
    }

    private static List<PromotionEntry> Read(string path)
    {
        byte[] bytes;
        try
        {
            using FileStream file = OpenToRead(path);
            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }
        catch (FileNotFoundException)
        {
            return [];
        }

        var entries = new List<PromotionEntry>();
        int start = 0;
        for (int end; (end = bytes.AsSpan(start).IndexOf((byte)'\n')) >= 0; start += end + 1)
        {
            entries.Add(Parse(path, bytes.AsMemory(start, end), string.Create(CultureInfo.InvariantCulture, $"Line {entries.Count + 1}")));
        }

        return entries;
    }

    private static FileStream OpenToRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static PromotionEntry Parse(string path, ReadOnlyMemory<byte> line, string place)
    {
        try
        {
            return PromotionJson.Read(line);
        }
        catch (FormatException e)
        {
            throw new TrackingException(TrackingError.InternalError, $"{place} of {path} was damaged or changed: {e.Message} Restore the file from a copy.", e);
        }
    }

    /// <summary>Returns the last entry, and the length of the file without a line that has no end. Reads no more than it must: the log only grows.</summary>
    private (PromotionEntry? Last, long Length) Tail()
    {
        if (!File.Exists(_path))
        {
            return (null, 0);
        }

        using FileStream file = OpenToRead(_path);
        for (long size = 4096; ; size *= 4)
        {
            byte[] bytes = new byte[Math.Min(size, file.Length)];
            file.Position = file.Length - bytes.Length;
            file.ReadExactly(bytes);
            int end = bytes.AsSpan().LastIndexOf((byte)'\n');
            int start = end < 0 ? -1 : bytes.AsSpan(0, end).LastIndexOf((byte)'\n');
            if (start >= 0 || bytes.Length == file.Length)
            {
                return end < 0 ? (null, 0) : (Parse(_path, bytes.AsMemory(start + 1, end - start - 1), "The last line"), file.Length - bytes.Length + end + 1);
            }
        }
    }

    private void Finish(ReadOnlySpan<PromotionEntry> entries, ReadOnlySpan<byte> lines, Action<PromotionEntry> apply)
    {
        foreach (PromotionEntry entry in entries)
        {
            apply(entry);
        }

        (_, long whole) = Tail();
        using (var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0))
        {
            file.SetLength(whole); // what follows is a line that its writer did not live to end
            file.Position = whole;
            try
            {
                file.Write(lines);
            }
            catch
            {
                file.SetLength(whole);
                throw;
            }
        }

        File.Delete(_pending);
    }
}
