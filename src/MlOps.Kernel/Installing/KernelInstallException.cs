namespace MlOps.Kernel.Installing;

/// <summary>The kernel cannot be installed or removed. The message names the folder and the remedy.</summary>
public sealed class KernelInstallException : Exception
{
    /// <summary>Creates the exception.</summary>
    public KernelInstallException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
