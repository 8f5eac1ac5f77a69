namespace MlOps.Kernel.Site;

/// <summary>The site cannot be written. The message names the folder or file and the remedy.</summary>
public sealed class SiteException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SiteException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
