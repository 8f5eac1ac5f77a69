namespace MlOps.Kernel.Languages;

/// <summary>A shell script ended with an exit code other than 0.</summary>
public sealed class ShellExitException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public ShellExitException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public ShellExitException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public ShellExitException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal ShellExitException(string shell, int exitCode)
        : base(FormattableString.Invariant($"The {shell} script ended with exit code {exitCode}.")) => ExitCode = exitCode;

    /// <summary>Gets the code that the script ended with.</summary>
    public int ExitCode { get; }
}
