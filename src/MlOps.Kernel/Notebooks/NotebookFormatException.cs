namespace MlOps.Kernel.Notebooks;

/// <summary>A file that was to be a notebook is not one. The message names the file, the place and the remedy.</summary>
public sealed class NotebookFormatException : Exception
{
    /// <summary>Creates the exception for a file and what is wrong with it.</summary>
    public NotebookFormatException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) =>
        Path = path;

    /// <summary>Gets the file as the caller named it.</summary>
    public string Path { get; }
}
