namespace MlOps.Kernel.Transport;

/// <summary>One frame as it came: part of a message, or a command.</summary>
/// <param name="Body">The bytes after the header.</param>
/// <param name="IsCommand">Whether it is a command of the protocol itself.</param>
/// <param name="HasMore">Whether further frames of the same message follow; never set on a command.</param>
internal readonly record struct Frame(ReadOnlyMemory<byte> Body, bool IsCommand, bool HasMore);
