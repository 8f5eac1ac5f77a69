namespace MlOps.Kernel.Transport;

/// <summary>A socket could not be opened at the address that was asked for. The message names the address.</summary>
internal sealed class TransportException(string message, Exception? inner = null) : IOException(message, inner);
