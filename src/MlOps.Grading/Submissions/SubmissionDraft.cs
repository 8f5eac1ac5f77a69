using System.Globalization;

namespace MlOps.Grading.Submissions;

/// <summary>A submission while it is being read: keeps the limits and collects files, problems and notes.</summary>
internal sealed class SubmissionDraft(string student, string source, SubmissionLimits limits)
{
    private const int MostNotes = 20;
    private readonly List<SubmittedFile> _files = [];
    private readonly List<string> _notes = [];
    private readonly byte[] _buffer = new byte[64 << 10];
    private int _unsaid;
    private int _entries;
    private long _bytes;

    internal string Student => student;

    internal SubmissionLimits Limits => limits;

    internal void Note(string note)
    {
        if (_notes.Contains(note))
        {
            return;
        }

        if (_notes.Count < MostNotes)
        {
            _notes.Add(note);
        }
        else
        {
            _unsaid++;
        }
    }

    /// <summary>Counts one file or folder; false once there are too many, and nothing more should be read.</summary>
    internal bool Count()
    {
        if (++_entries <= limits.Entries)
        {
            return true;
        }

        Note(FormattableString.Invariant($"There are more than {limits.Entries:N0} files and folders; the rest was not read."));
        return false;
    }

    /// <summary>Records a file that is there but cannot be graded.</summary>
    /// <param name="path">The path inside the submission.</param>
    /// <param name="problem">A sentence that goes on after the file's name: "is a link".</param>
    /// <param name="modified">The file's time, default if unknown.</param>
    internal void Refuse(string path, string problem, DateTimeOffset modified = default) => Add(new SubmittedFile(path, null, Sentence(path, problem), modified));

    /// <summary>Reads a file and records it, with its problem if it has one.</summary>
    /// <param name="path">The path inside the submission.</param>
    /// <param name="modified">The file's time.</param>
    /// <param name="length">The size that is claimed; the true one is measured.</param>
    /// <param name="open">Opens the content.</param>
    /// <param name="crc">The CRC-32 the content must have; null if none is known.</param>
    internal void Read(string path, DateTimeOffset modified, long length, Func<Stream> open, uint? crc = null)
    {
        if (_files.Count >= limits.Files)
        {
            NoteTooMany();
        }
        else if (length == 0)
        {
            // Pipes, sockets and devices also have length 0. They are never opened: a pipe without a writer would block for ever.
            Refuse(path, "is empty, or is not a plain file.", modified);
        }
        else if (length > limits.FileBytes)
        {
            Refuse(path, $"has {Megabytes(length, "0.0")} MB; at most {Megabytes(limits.FileBytes, "0.#")} MB is read.", modified);
        }
        else if (ReadBytes(path, limits.FileBytes, open, crc, out string? problem) is { } bytes)
        {
            Add(new SubmittedFile(path, bytes, null, modified));
        }
        else
        {
            Refuse(path, problem!, modified);
        }
    }

    /// <summary>Reads at most <paramref name="most"/> bytes, and no more than the whole submission may have.</summary>
    internal byte[]? ReadBytes(string path, long most, Func<Stream> open, uint? crc, out string? problem)
    {
        if (_bytes > limits.TotalBytes)
        {
            problem = TotalReached;
            return null;
        }

        try
        {
            problem = null;
            using Stream stream = open();
            using var content = new MemoryStream();
            for (int read; (read = stream.Read(_buffer)) > 0;)
            {
                _bytes += read;
                content.Write(_buffer, 0, read);
                if (_bytes > limits.TotalBytes)
                {
                    problem = TotalReached;
                    return null;
                }

                if (content.Length > most)
                {
                    problem = $"has more than {Megabytes(most, "0.#")} MB; at most {Megabytes(most, "0.#")} MB is read.";
                    return null;
                }
            }

            byte[] bytes = content.ToArray();
            if (crc is not null && crc != Crc32.Of(bytes))
            {
                problem = "is damaged inside the archive: its checksum is wrong.";
                return null;
            }

            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            // The exception's own text may hold a path of this machine, which students must not see.
            problem = e switch
            {
                UnauthorizedAccessException => "may not be read: its permissions forbid it.",
                InvalidDataException or NotSupportedException => "is damaged inside the archive, or packed in a way that is not known.",
                FileNotFoundException or DirectoryNotFoundException => "cannot be opened under its name; a name of plain letters and digits can.",
                _ => "could not be read.",
            };
            return null;
        }
    }

    internal Submission Finish()
    {
        if (_unsaid > 0)
        {
            _notes.Add(FormattableString.Invariant($"And {_unsaid} more notes of this kind."));
        }

        return new Submission(student, source, [.. _files.OrderBy(file => file.Path, StringComparer.Ordinal)], [.. _notes]);
    }

    private string TotalReached => $"was not read: the submission has more than {Megabytes(limits.TotalBytes, "0.#")} MB.";

    private void Add(SubmittedFile file)
    {
        if (_files.Count < limits.Files)
        {
            _files.Add(file);
        }
        else
        {
            NoteTooMany();
        }
    }

    private void NoteTooMany() => Note(FormattableString.Invariant($"There are more than {limits.Files:N0} exercise files; the rest was not read."));

    private static string Sentence(string path, string problem) => SubmissionNames.Shown(path[(path.LastIndexOf('/') + 1)..]) + " " + problem;

    // Rounded up: a file one byte over the limit must not read as being at the limit.
    private static string Megabytes(long bytes, string format) => (Math.Ceiling(bytes * 10.0 / (1 << 20)) / 10).ToString(format, CultureInfo.InvariantCulture);
}
