namespace MlOps.Kernel.Transport;

/// <summary>The 64 bytes with which each side of a ZMTP 3 connection begins. Checks a peer's as they arrive.</summary>
/// <remarks>
/// Layout: signature (<c>FF</c>, 8 bytes of padding, <c>7F</c>), version (major, minor), mechanism (20 bytes), as-server (1), filler (31).
/// Older peers use the padding, and NULL gives the as-server byte no meaning: neither is checked. A wrong byte is told at once, because
/// a peer of another kind may never send the rest.
/// </remarks>
internal sealed class Greeting
{
    internal const int Length = 64;

    private const int SignatureEnd = 9;
    private const int Major = 10;
    private const int MechanismStart = 12;
    private const int MechanismLength = 20;

    private static readonly byte[] s_mechanism = [.. "NULL"u8, .. new byte[MechanismLength - 4]];

    private int _read;

    /// <summary>Gets our own greeting, ZMTP 3.1.</summary>
    internal static ReadOnlyMemory<byte> Ours { get; } = new byte[]
    {
        0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 1, (byte)'N', (byte)'U', (byte)'L', (byte)'L',
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    };

    /// <summary>Takes greeting bytes off the input. Returns whether the greeting is complete.</summary>
    /// <exception cref="ProtocolException">The bytes are not a greeting of ZMTP 3 or later with the NULL mechanism.</exception>
    internal bool TryRead(ref ReadOnlySpan<byte> input)
    {
        while (_read < Length && !input.IsEmpty)
        {
            Check(_read++, input[0]);
            input = input[1..];
        }

        return _read == Length;
    }

    private static void Check(int position, byte value)
    {
        switch (position)
        {
            case 0 when value != 0xFF:
            case SignatureEnd when value != 0x7F:
                throw new ProtocolException($"Byte {position} of the greeting is 0x{value:X2}: this is not ZMTP 2 or later.");
            case Major when value < 3:
                throw new ProtocolException($"The peer speaks ZMTP {value}; 3 or later is needed.");
            case >= MechanismStart and < MechanismStart + MechanismLength when value != s_mechanism[position - MechanismStart]:
                throw new ProtocolException("The peer wants a security mechanism; only NULL is spoken here.");
        }
    }
}
