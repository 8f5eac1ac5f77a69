using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MlOps.Tracking.Files;

/// <summary>A file that is only appended to: each call is one write(2) with O_APPEND, so lines of several processes never mix.</summary>
/// <remarks>A kill can tear such a write only where it crosses a page of memory; what is then left of a line was not acknowledged, and <see cref="MetricFile"/> leaves it out and cuts it off. On Windows, which has no such write, the file is opened for each call and shut for other writers meanwhile. Not thread-safe.</remarks>
internal sealed class AppendFile : IDisposable
{
    private const int WriteOnly = 1;
    private const int Interrupted = 4; // EINTR

    private readonly string _path;
    private readonly SafeFileHandle? _handle;

    /// <summary>Opens a file that is there.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal AppendFile(string path)
    {
        _path = path;
        if (!OperatingSystem.IsWindows())
        {
            int append = OperatingSystem.IsMacOS() ? 0x8 | 0x1000000 : 0x400 | 0x80000; // O_APPEND | O_CLOEXEC
            int descriptor = Open(path, WriteOnly | append);
            _handle = descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure();
        }
    }

    /// <summary>Appends bytes that end with a whole line. If not all can be written, as on a full disk, none stay.</summary>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    internal void Append(ReadOnlySpan<byte> lines)
    {
        if (_handle is null)
        {
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(lines);
            return;
        }

        nint written;
        do
        {
            written = Write(_handle, in MemoryMarshal.GetReference(lines), lines.Length);
        }
        while (written < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        if (written < 0)
        {
            throw Failure();
        }

        if (written < lines.Length)
        {
            TakeBack(written);
            throw new IOException($"The disk took only {written} of {lines.Length} bytes of {_path}: it is full.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();

    /// <summary>Cuts off what a full disk took of a line, unless somebody has appended behind it.</summary>
    private void TakeBack(nint written)
    {
        using SafeFileHandle file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        long length = RandomAccess.GetLength(file);
        if (length >= written)
        {
            Span<byte> last = stackalloc byte[1];
            if (RandomAccess.Read(file, last, length - 1) == 1 && last[0] != '\n')
            {
                RandomAccess.SetLength(file, length - written);
            }
        }
    }

    private IOException Failure()
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{_path}: {new Win32Exception(error).Message}", error);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(SafeFileHandle file, in byte bytes, nint count);
}
