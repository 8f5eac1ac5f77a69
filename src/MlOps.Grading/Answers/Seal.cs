using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlOps.Grading.Answers;

/// <summary>Seals one answer in two steps: the answer opens a small entry, and the entry's key opens the explanation.</summary>
/// <remarks>
/// <para>Entry = tag (16 bytes) + box of: 1 if right (1 byte), index of the text (2 bytes), key of the text (32 bytes).
/// A tag and the key of its box come from the candidate's canonical text by PBKDF2-SHA256.</para>
/// <para>Text = box of: length (4 bytes), UTF-8, zeros up to a multiple of 256 that fits the longest.</para>
/// <para>A number has 21 entries for the right answer and 21 for each foreseen wrong one; where their buckets overlap, sham entries
/// fill up, because the count would tell how near they are.</para>
/// <para>Nothing here is random: salt and text keys are derived from the whole of the answer and its explanations. Equal answers
/// give equal bytes, so a release can be repeated without a key that an instructor would have to keep, and a
/// changed explanation changes every key. Whoever can rebuild the derivation knew answer and explanations already.</para>
/// </remarks>
internal static class Seal
{
    internal const int EntryBytes = SealKeys.TagBytes + PlainEntryBytes + SealedBox.Overhead;

    private const int PlainEntryBytes = 1 + 2 + SealKeys.KeyBytes;
    private const int TextBlock = 256;

    internal static SealedProperty Close(PlainEntry entry, int iterations)
    {
        byte[] root = SealKeys.Stretch(Content(entry), "MlOps.Grading sealed answer 1"u8.ToArray(), iterations);
        byte[] salt = SealKeys.Expand(root, "salt", SealKeys.TagBytes);
        byte[][] keys = [.. entry.Texts.Select((_, i) => SealKeys.Expand(root, $"text {i}", SealKeys.KeyBytes))];
        byte[][] boxes = [.. Padded(entry.Texts).Select((text, i) => SealedBox.Close(keys[i], text))];
        byte[][] texts = [.. boxes.OrderBy(Convert.ToHexString, StringComparer.Ordinal)];

        byte[][] entries = [.. entry.Table.AsParallel().Select(place =>
        {
            SealKeys.Pair candidate = SealKeys.Of(entry.Exercise, entry.Property, place.Key, salt, iterations);
            byte[] plain = new byte[PlainEntryBytes];
            plain[0] = place.Value == 0 ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt16LittleEndian(plain.AsSpan(1), checked((ushort)Array.IndexOf(texts, boxes[place.Value])));
            keys[place.Value].CopyTo(plain, 3);
            return (byte[])[.. candidate.Tag, .. SealedBox.Close(candidate.Key, plain)];
        })];
        int full = entry.Texts.Count * entry.Form.Near(entry.Right).Count();
        IEnumerable<byte[]> sham = Enumerable.Range(0, full - entries.Length).Select(i => SealKeys.Expand(root, $"sham {i}", EntryBytes));
        return new SealedProperty(entry.Form.Tolerance, salt, [.. entries.Concat(sham).OrderBy(Convert.ToHexString, StringComparer.Ordinal)], texts);
    }

    /// <summary>The verdict that the entry and its text hold.</summary>
    internal static AnswerVerdict Open(SealedProperty property, byte[] entry, SealKeys.Pair candidate)
    {
        byte[] plain = SealedBox.Open(candidate.Key, entry.AsSpan(SealKeys.TagBytes));
        if (plain[0] == 1)
        {
            return AnswerVerdict.Right;
        }

        byte[] text = SealedBox.Open(plain[3..], property.Texts[BinaryPrimitives.ReadUInt16LittleEndian(plain.AsSpan(1))]);
        return AnswerVerdict.Wrong(Encoding.UTF8.GetString(text.AsSpan(4, BinaryPrimitives.ReadInt32LittleEndian(text))));
    }

    private static IEnumerable<byte[]> Padded(IReadOnlyList<string> texts)
    {
        byte[][] bytes = [.. texts.Select(Encoding.UTF8.GetBytes)];
        int length = (4 + bytes.Max(text => text.Length) + TextBlock - 1) / TextBlock * TextBlock;
        foreach (byte[] text in bytes)
        {
            byte[] padded = new byte[length];
            BinaryPrimitives.WriteInt32LittleEndian(padded, text.Length);
            text.CopyTo(padded, 4);
            yield return padded;
        }
    }

    private static string Content(PlainEntry entry) => JsonSerializer.Serialize((string[])
    [
        entry.Exercise, entry.Property, entry.Form.Tolerance?.ToString(CultureInfo.InvariantCulture) ?? "", entry.Right,
        .. entry.Table.OrderBy(place => place.Key, StringComparer.Ordinal).Select(place => $"{place.Key} {place.Value}"),
        .. entry.Texts,
    ]);
}
