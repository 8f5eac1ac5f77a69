using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Win32.SafeHandles;

namespace MlOps.Kernel.Editing;

/// <summary>Where in a set of XML documentation files each member is described.</summary>
/// <remarks>
/// Holds 16 bytes a member: a hash of its id, the file and the place in it. The text stays on disk and is read when somebody asks.
/// .NET's own files are 30 MB; their index is 1 MB.
/// </remarks>
internal sealed class DocumentationIndex
{
    private const int BufferBytes = 1 << 18;
    private const int LongestEntry = 1 << 20; // a longer description is a broken file

    private static ReadOnlySpan<byte> MemberStart => "<member name=\""u8;

    private static ReadOnlySpan<byte> MemberEnd => "</member>"u8;

    private readonly string[] _files;
    private readonly ulong[] _hashes;
    private readonly (int File, int Offset)[] _places;

    private DocumentationIndex(string[] files, ulong[] hashes, (int File, int Offset)[] places) => (_files, _hashes, _places) = (files, hashes, places);

    internal int Count => _hashes.Length;

    /// <summary>Reads the files once, in order; of a member described twice either place may be found. Files that cannot be read count as empty.</summary>
    internal static DocumentationIndex Of(params string[] files)
    {
        List<ulong> hashes = [];
        List<(int File, int Offset)> places = [];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int file = 0; file < files.Length; file++)
            {
                Scan(files[file], file, buffer, hashes, places);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        ulong[] keys = [.. hashes];
        (int File, int Offset)[] values = [.. places];
        Array.Sort(keys, values);
        return new DocumentationIndex(files, keys, values);
    }

    /// <summary>Finds a member's description by its id, such as <c>M:System.Math.Abs(System.Int32)</c>; null if there is none.</summary>
    internal XElement? Find(string id)
    {
        int index = Array.BinarySearch(_hashes, Hash(Encoding.UTF8.GetBytes(id)));
        return index < 0 ? null : Read(_files[_places[index].File], _places[index].Offset, id);
    }

    private static void Scan(string path, int file, byte[] buffer, List<ulong> hashes, List<(int File, int Offset)> places)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            int position = 0; // of the buffer's first byte in the file
            int filled = 0;
            int read;
            while (position + filled >= 0 // a file beyond 2 GiB is read up to there
                && (read = RandomAccess.Read(handle, buffer.AsSpan(filled), position + filled)) > 0)
            {
                filled += read;
                int done = 0;
                while (true)
                {
                    ReadOnlySpan<byte> rest = buffer.AsSpan(done, filled - done);
                    int start = rest.IndexOf(MemberStart);
                    if (start < 0)
                    {
                        done = Math.Max(done, filled - MemberStart.Length); // the buffer may end in half a mark
                        break;
                    }

                    int length = rest[(start + MemberStart.Length)..].IndexOf((byte)'"');
                    if (length < 0)
                    {
                        done += start; // the name goes on in the next piece, unless it fills the whole buffer
                        done = done == 0 && filled == buffer.Length ? filled : done;
                        break;
                    }

                    hashes.Add(Hash(rest.Slice(start + MemberStart.Length, length)));
                    places.Add((file, position + done + start));
                    done += start + MemberStart.Length + length;
                }

                buffer.AsSpan(done, filled - done).CopyTo(buffer);
                (position, filled) = (position + done, filled - done);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Documentation is an extra: what was read so far is offered, the rest is missing.
        }
    }

    private static XElement? Read(string path, int offset, string id)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            byte[] buffer = new byte[4096];
            int filled = 0;
            while (true)
            {
                int read = RandomAccess.Read(handle, buffer.AsSpan(filled), offset + filled);
                int end = buffer.AsSpan(0, filled + read).IndexOf(MemberEnd);
                if (end >= 0)
                {
                    XElement member = XElement.Parse(Encoding.UTF8.GetString(buffer, 0, end + MemberEnd.Length), LoadOptions.PreserveWhitespace);
                    return (string?)member.Attribute("name") == id ? member : null; // another member with this hash, or the file has changed
                }

                filled += read;
                if (read == 0 || filled > LongestEntry)
                {
                    return null;
                }

                Array.Resize(ref buffer, filled == buffer.Length ? buffer.Length * 2 : buffer.Length);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            return null; // deleted or rewritten since: no documentation is better than an error while typing
        }
    }

    /// <summary>FNV-1a, 64 bits: the same in every process and good enough for some 100,000 names, since a hit is checked against the name.</summary>
    private static ulong Hash(ReadOnlySpan<byte> id)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in id)
        {
            hash = unchecked((hash ^ b) * 1099511628211);
        }

        return hash;
    }
}
