namespace MlOps.Kernel.Transport;

/// <summary>A peer sent bytes that ZMTP does not allow, or more than the limits allow. Its connection must be closed.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
