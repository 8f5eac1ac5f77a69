namespace MlOps.Kernel.Languages.Sql;

/// <summary>An SQL cell could not be run. The message says what is wrong, and where in the query if that is known.</summary>
public sealed class SqlCellException : Exception
{
    /// <summary>Makes the exception.</summary>
    public SqlCellException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception, with its cause.</summary>
    public SqlCellException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
