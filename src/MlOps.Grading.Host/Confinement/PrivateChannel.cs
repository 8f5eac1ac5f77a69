using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MlOps.Grading.Host.Confinement;

/// <summary>The pipe to the grader, moved away from standard input and output, so that nothing printed can get into it.</summary>
/// <remarks>
/// A frame is 4 bytes of length, 8 bytes of nonce (both little-endian), then so many bytes of content. The nonce ties an answer to
/// its question. After <see cref="Open"/> standard input is empty, and standard output is standard error.
/// </remarks>
internal sealed partial class PrivateChannel : IDisposable
{
    internal const int HeaderBytes = 12;

    private const int FirstPrivateDescriptor = 100;

    private readonly FileStream _input;
    private readonly FileStream _output;
    private readonly FileStream _print;
    private readonly byte[] _header = new byte[HeaderBytes];

    private PrivateChannel(nint input, nint output, nint print)
    {
        const int unbuffered = 0;
        _input = new FileStream(new SafeFileHandle(input, ownsHandle: true), FileAccess.Read, unbuffered);
        _output = new FileStream(new SafeFileHandle(output, ownsHandle: true), FileAccess.Write, unbuffered);
        _print = new FileStream(new SafeFileHandle(print, ownsHandle: false), FileAccess.Write, unbuffered);
    }

    internal static PrivateChannel Open() => OperatingSystem.IsWindows() ? OpenOnWindows() : OpenOnUnix();

    /// <summary>The next question; null when the grader has closed the pipe.</summary>
    internal byte[]? Read(out ulong nonce)
    {
        nonce = 0;
        if (!Fill(_header))
        {
            return null;
        }

        byte[] content = GC.AllocateUninitializedArray<byte>(BinaryPrimitives.ReadInt32LittleEndian(_header));
        nonce = BinaryPrimitives.ReadUInt64LittleEndian(_header.AsSpan(4));
        return Fill(content) ? content : null;
    }

    /// <summary>Sends an answer. The first <see cref="HeaderBytes"/> of <paramref name="frame"/> are overwritten.</summary>
    internal void Write(ulong nonce, Span<byte> frame)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[4..], nonce);
        _output.Write(frame);
    }

    /// <summary>Prints, as student code does. Not by Console, which student code may have changed, and which takes time to load.</summary>
    internal void Print(ReadOnlySpan<byte> text) => _print.Write(text);

    public void Dispose()
    {
        _print.Dispose();
        _input.Dispose();
        _output.Dispose();
    }

    private bool Fill(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            int read = _input.Read(target);
            if (read == 0)
            {
                return false;
            }

            target = target[read..];
        }

        return true;
    }

    private static unsafe PrivateChannel OpenOnUnix()
    {
        int input = Duplicate(0);
        int output = Duplicate(1);
        int nothing;
        fixed (byte* path = "/dev/null"u8)
        {
            nothing = LibC.Open(path, LibC.ReadWrite);
        }

        return input < 0 || output < 0 || nothing < 0 || LibC.Dup2(nothing, 0) < 0 || LibC.Dup2(2, 1) < 0
            ? throw new IOException("The host could not set its pipes apart.")
            : new PrivateChannel(input, output, print: 2);
    }

    private static int Duplicate(int descriptor) => OperatingSystem.IsLinux()
        ? LibC.Fcntl(descriptor, LibC.DuplicateCloseOnExec, FirstPrivateDescriptor)
        : LibC.Dup(descriptor); // fcntl has optional arguments, which Apple's processors pass in another way

    private static PrivateChannel OpenOnWindows()
    {
        const int standardInput = -10;
        const int standardOutput = -11;
        const int standardError = -12;
        nint input = GetStdHandle(standardInput);
        nint output = GetStdHandle(standardOutput);
        nint error = GetStdHandle(standardError);
        return SetStdHandle(standardInput, 0) == 0 || SetStdHandle(standardOutput, error) == 0
            ? throw new IOException("The host could not set its pipes apart.")
            : new PrivateChannel(input, output, error);
    }

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32")]
    private static partial int SetStdHandle(int which, nint handle);
}
