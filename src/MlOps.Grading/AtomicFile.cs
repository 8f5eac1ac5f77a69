using System.Text;

namespace MlOps.Grading;

/// <summary>Writes a file whole or not at all: into a file beside it, then by renaming.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a text as UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file; folders above it are made.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="lasting">Whether to wait until the disk has it, so that not even a power cut leaves half a file. Costs milliseconds.</param>
    /// <exception cref="IOException">The folder cannot be written, the disk is full, or another program has the file open. The old file is as it was.</exception>
    internal static void Write(string path, string text, bool lasting = true)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full)!;
        string beside = Path.Combine(folder, "." + Path.GetFileName(full) + ".tmp"); // a fixed name: what a killed run leaves is overwritten by the next
        try
        {
            Directory.CreateDirectory(folder);
            try
            {
                using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
                {
                    stream.Write(Encoding.UTF8.GetBytes(text));
                    stream.Flush(flushToDisk: lasting);
                }

                File.Move(beside, full, overwrite: true);
            }
            catch
            {
                File.Delete(beside);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{full} could not be written: {e.Message} What was there before is unchanged.", e);
        }
    }
}
