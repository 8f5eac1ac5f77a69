using System.Security.Cryptography;
using System.Text;

namespace MlOps.Kernel.Jupyter;

/// <summary>Signs messages and checks signatures: HMAC over the four JSON parts. Thread-safe.</summary>
/// <remarks>
/// A signature is accepted once: a message that somebody recorded and sends again is dropped. The newest 65,536 signatures are
/// remembered, as ipykernel does. An empty key switches signing and checking off, which is the protocol's rule.
/// </remarks>
internal sealed class MessageSigner
{
    internal const string DefaultScheme = "hmac-sha256";

    private const int Remembered = 1 << 16;

    private readonly byte[] _key;
    private readonly HashAlgorithmName _hash;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <exception cref="InvalidDataException">The scheme is not one of hmac-sha256, hmac-sha384, hmac-sha512.</exception>
    internal MessageSigner(string key, string scheme)
    {
        _key = Encoding.UTF8.GetBytes(key);
        _hash = scheme switch
        {
            DefaultScheme => HashAlgorithmName.SHA256,
            "hmac-sha384" => HashAlgorithmName.SHA384,
            "hmac-sha512" => HashAlgorithmName.SHA512,
            _ => throw new InvalidDataException($"The connection file asks for signatures by '{scheme}'; this kernel knows hmac-sha256, hmac-sha384 and hmac-sha512."),
        };
    }

    /// <summary>The signature as lower-case hexadecimal ASCII; empty without a key.</summary>
    internal byte[] Sign(params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        if (_key.Length == 0)
        {
            return [];
        }

        using var hmac = IncrementalHash.CreateHMAC(_hash, _key);
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            hmac.AppendData(part.Span);
        }

        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    /// <summary>Whether the signature is right and has not been seen before. Takes the same time wherever it differs.</summary>
    internal bool Accepts(ReadOnlyMemory<byte> signature, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        if (_key.Length == 0)
        {
            return true;
        }

        return CryptographicOperations.FixedTimeEquals(Sign(parts), signature.Span) && IsFirst(Encoding.ASCII.GetString(signature.Span));
    }

    private bool IsFirst(string signature)
    {
        lock (_seen)
        {
            if (!_seen.Add(signature))
            {
                return false;
            }

            _order.Enqueue(signature);
            if (_order.Count > Remembered)
            {
                _seen.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
