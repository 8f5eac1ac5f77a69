namespace MlOps.Cli;

/// <summary>A file that a verb is going to write.</summary>
internal static class OutputPath
{
    /// <summary>Sees to it before the work that the file can be written after it.</summary>
    internal static string Checked(string path, params IEnumerable<string?> inputs)
    {
        string full = Path.GetFullPath(path);
        return Directory.Exists(full) ? throw new ArgumentException($"'{path}' is a folder; a file is needed.")
            : !Directory.Exists(Path.GetDirectoryName(full)) ? throw new DirectoryNotFoundException($"Cannot write '{path}': the folder '{Path.GetDirectoryName(full)}' does not exist.")
            : inputs.Any(input => input is not null && Path.GetFullPath(input) == full) ? throw new ArgumentException($"'{path}' is read; write to another file.")
            : path;
    }
}
