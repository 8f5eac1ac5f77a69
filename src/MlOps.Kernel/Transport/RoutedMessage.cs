namespace MlOps.Kernel.Transport;

/// <summary>A message with the peer it came from.</summary>
/// <param name="Identity">Names the peer. Compare with <see cref="ContentComparer"/>; send the answer to it.</param>
/// <param name="Frames">What the peer sent, as it sent it; at least one frame.</param>
internal sealed record RoutedMessage(ReadOnlyMemory<byte> Identity, IReadOnlyList<ReadOnlyMemory<byte>> Frames);
