using System.Security.Cryptography;

namespace MlOps.Grading.Answers;

/// <summary>AES-256-GCM under a key that is used for this one box only; the nonce may therefore be zero.</summary>
internal static class SealedBox
{
    internal const int Overhead = 16;

    private static readonly byte[] s_nonce = new byte[12];

    internal static byte[] Close(byte[] key, ReadOnlySpan<byte> plain)
    {
        byte[] box = new byte[plain.Length + Overhead];
        using var aes = new AesGcm(key, Overhead);
        aes.Encrypt(s_nonce, plain, box.AsSpan(0, plain.Length), box.AsSpan(plain.Length));
        return box;
    }

    /// <exception cref="CryptographicException">The box was changed, or the key is not the one that closed it.</exception>
    internal static byte[] Open(byte[] key, ReadOnlySpan<byte> box)
    {
        byte[] plain = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, Overhead);
        aes.Decrypt(s_nonce, box[..plain.Length], box[plain.Length..], plain);
        return plain;
    }
}
