namespace MlOps.Kernel.Transport;

/// <summary>Compares byte strings, such as identities and topics, by what they hold.</summary>
internal sealed class ContentComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    internal static ContentComparer Instance { get; } = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode(ReadOnlyMemory<byte> bytes)
    {
        HashCode hash = default; // seeded per process: a client cannot choose identities that collide
        hash.AddBytes(bytes.Span);
        return hash.ToHashCode();
    }
}
