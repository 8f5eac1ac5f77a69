#pragma warning disable CA5351 // MD5 tells a damaged download, as data sets' own pages give it; it is no protection against malice.

using System.IO.Compression;
using System.Security.Cryptography;

namespace MlOps.Data.Images.Internals;

/// <summary>Reads a file whole, checks its hash and unpacks gzip.</summary>
internal static class BinaryFile
{
    private const byte GzipFirst = 0x1F;
    private const byte GzipSecond = 0x8B;

    internal static byte[] ReadAll(string path, string? expectedHash)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] file = File.ReadAllBytes(path);
        CheckHash(path, file, expectedHash);
        if (file is not [GzipFirst, GzipSecond, ..])
        {
            return file;
        }

        try
        {
            using var unpacked = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
            gzip.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (InvalidDataException inner)
        {
            throw new InvalidDataException($"{path} begins like a gzip file but cannot be unpacked: {inner.Message}", inner);
        }
    }

    private static void CheckHash(string path, byte[] file, string? expected)
    {
        if (expected is null)
        {
            return;
        }

        byte[] actual = expected.Length switch
        {
            2 * SHA256.HashSizeInBytes => SHA256.HashData(file),
            2 * MD5.HashSizeInBytes => MD5.HashData(file),
            _ => throw new ArgumentException($"A SHA-256 has 64 hexadecimal digits, an MD5 32; got {expected.Length} characters.", nameof(expected)),
        };
        if (!string.Equals(Convert.ToHexString(actual), expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"{path} has the hash {Convert.ToHexStringLower(actual)}, expected {expected}: the file is damaged or another one.");
        }
    }
}
