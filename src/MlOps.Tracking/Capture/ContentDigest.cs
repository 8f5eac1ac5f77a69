using System.Security.Cryptography;
using System.Text;
using MlOps.Data;

namespace MlOps.Tracking.Capture;

/// <summary>What identifies the content of a data set.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">How many bytes were read.</param>
internal sealed record ContentDigest(string Sha256, long Bytes)
{
    /// <summary>Gets the first 32 digits: MLflow keeps 36 characters.</summary>
    internal string Short => Sha256[..32];

    /// <summary>Of a file, its bytes; of a folder, a line <c>SHA-256, two spaces, relative path, line feed</c> for each of its files in ordinal order, as sha256sum prints them.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    internal static ContentDigest OfPath(string path)
    {
        if (File.Exists(path))
        {
            using FileStream file = File.OpenRead(path);
            return new ContentDigest(Convert.ToHexStringLower(SHA256.HashData(file)), file.Length);
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
        }

        var list = new StringBuilder();
        long bytes = 0;
        IEnumerable<string> files = Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint });
        foreach (string name in files.Select(file => Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal))
        {
            ContentDigest one = OfPath(Path.Join(path, name));
            bytes += one.Bytes;
            list.Append(one.Sha256).Append("  ").Append(name).Append('\n');
        }

        return new ContentDigest(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString()))), bytes);
    }

    /// <summary>Of a table, the bytes of its CSV form.</summary>
    internal static ContentDigest OfTable(Table table)
    {
        using var hash = SHA256.Create();
        using var csv = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write);
        table.WriteCsv(csv);
        csv.FlushFinalBlock();
        return new ContentDigest(Convert.ToHexStringLower(hash.Hash!), 0);
    }
}
