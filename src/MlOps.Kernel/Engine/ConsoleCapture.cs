using System.Text;

namespace MlOps.Kernel.Engine;

/// <summary>Sends what code writes to the console to the cell it belongs to; code outside cells keeps the real console.</summary>
/// <remarks>The console is one per process. The routing is by execution context, so engines and tests can run side by side.</remarks>
internal static class ConsoleCapture
{
    private static readonly Lock Gate = new();
    private static TextWriter? s_out;
    private static TextWriter? s_error;
    private static TextReader? s_in;

    /// <summary>Puts the routing in place, again if somebody replaced it: a cell may have left its own writer behind.</summary>
    internal static void Install()
    {
        lock (Gate)
        {
            if (!ReferenceEquals(Console.Out, s_out))
            {
                Console.SetOut(new Router("stdout", s_out is null ? Console.Out : Unrouted("stdout")));
                s_out = Console.Out; // Console wraps what it is given
            }

            if (!ReferenceEquals(Console.Error, s_error))
            {
                Console.SetError(new Router("stderr", s_error is null ? Console.Error : Unrouted("stderr")));
                s_error = Console.Error;
            }

            if (!ReferenceEquals(Console.In, s_in))
            {
                Console.SetIn(new Keyboard());
                s_in = Console.In;
            }
        }
    }

    private static StreamWriter Unrouted(string stream) =>
        new(stream == "stdout" ? Console.OpenStandardOutput() : Console.OpenStandardError()) { AutoFlush = true };

    private sealed class Router : TextWriter
    {
        private readonly string _stream;
        private readonly TextWriter _outside;

        internal Router(string stream, TextWriter outside)
        {
            (_stream, _outside) = (stream, outside);
            CoreNewLine = ['\n']; // a notebook has the same bytes on every system
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Write(ReadOnlySpan<char> buffer)
        {
            StoppableCode.ThrowIfJustStopped(); // before the context is asked for: an abort that hits there can end the process
            if (CellContext.Current is { } cell)
            {
                cell.Output.Write(_stream, buffer);
            }
            else
            {
                _outside.Write(buffer);
            }
        }

        public override void Flush()
        {
            StoppableCode.ThrowIfJustStopped();
            if (CellContext.Current is null)
            {
                _outside.Flush();
            }
        }
    }

    private sealed class Keyboard : TextReader
    {
        private string _line = "";
        private int _next;

        public override string? ReadLine()
        {
            if (_next < _line.Length)
            {
                string rest = _line[_next..].TrimEnd('\n');
                _next = _line.Length;
                return rest;
            }

            return Ask();
        }

        public override int Peek() => Fill() ? _line[_next] : -1;

        public override int Read() => Fill() ? _line[_next++] : -1;

        private static string? Ask() => CellContext.Current is { } cell
            ? cell.Ask(string.Empty, password: false)
            : throw new InvalidOperationException("Only the code of a notebook cell can ask for input; no cell is running here.");

        private bool Fill()
        {
            if (_next < _line.Length)
            {
                return true;
            }

            if (Ask() is not { } line)
            {
                return false;
            }

            (_line, _next) = (line + "\n", 0);
            return true;
        }
    }
}
