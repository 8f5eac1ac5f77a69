using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;

namespace MlOps.Grading.Sandboxing;

/// <summary>The grader's side of one host process: starts it, asks, never waits without a limit, ends it.</summary>
/// <remarks>
/// Pipes have no time limits, so a thread of its own writes the question and reads the answer, while the caller waits for that
/// thread. It reads only when an answer is due: a process that floods the pipe fills the pipe, not this process's memory.
/// </remarks>
internal sealed class HostProcess : IDisposable
{
    private const int HeaderBytes = 12; // length, nonce
    private const int AnswerSlack = 64 << 10; // an answer is a value and a little around it

    private static readonly TimeSpan s_goneLimit = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly SandboxLimits _limits;
    private readonly DirectoryInfo? _folder;
    private readonly bool _alwaysKillsTree;
    private Process? _process;
    private PrintedText? _printed;
    private byte[]? _question;
    private (ExchangeEnd End, byte[] Content)? _answer;
    private bool _isClosed;
    private bool _hasAnswered;
    private string? _whyNotStarted;

    internal HostProcess(HostCommand command, IReadOnlyList<string> libraries)
    {
        _limits = command.Limits;
        _alwaysKillsTree = command.Isolation == Isolation.Plain;
        Libraries = libraries;
        _folder = command.Isolation == Isolation.Bubblewrap ? null : Directory.CreateTempSubdirectory("mlops-code-");
        new Thread(() => Run(command)) { IsBackground = true, Name = "talks to a student process" }.Start();
    }

    internal IReadOnlyList<string> Libraries { get; }

    /// <summary>Gets the process's number, 0 before it has started; with bubblewrap the number of its guard.</summary>
    internal int Id { get; private set; }

    /// <summary>Gets a value indicating whether the process is gone, was killed, or never started.</summary>
    internal bool HasEnded
    {
        get
        {
            lock (_gate)
            {
                return _isClosed || _whyNotStarted is not null || _process?.HasExited == true;
            }
        }
    }

    /// <summary>Sends a question; <see cref="Wait"/> brings its answer. One question at a time.</summary>
    internal void Ask(byte[] content)
    {
        lock (_gate)
        {
            _question = content;
            _answer = null;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the answer to the question asked last. After anything but an answer the process is gone.</summary>
    internal (ExchangeEnd End, byte[] Content) Wait(TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        (ExchangeEnd End, byte[] Content) answer;
        lock (_gate)
        {
            while (_answer is null && !_isClosed)
            {
                TimeSpan left = limit - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    break;
                }
            }

            answer = _answer ?? (_isClosed ? ExchangeEnd.Ended : ExchangeEnd.TimedOut, []);
        }

        if (answer.End != ExchangeEnd.Answered)
        {
            if (answer.End == ExchangeEnd.Ended)
            {
                _process?.WaitForExit(s_goneLimit); // for its exit code; its pipe is closed already
            }

            Kill();
        }

        return answer;
    }

    /// <summary>After the end: what became of the process.</summary>
    internal ProcessEnding Ending()
    {
        _printed?.WaitForEnd(s_goneLimit);
        return _whyNotStarted is null && _process is { HasExited: true } process
            ? ProcessEnding.Explain(process.ExitCode, _printed?.Tail() ?? "", _limits)
            : ProcessEnding.NotStarted(_whyNotStarted ?? "it cannot be killed");
    }

    internal string TakePrinted() => _printed?.Take() ?? "";

    internal void ExpectMark(string mark) => _printed?.Expect(mark);

    internal void WaitForMark(TimeSpan limit) => _printed?.WaitForMark(limit);

    /// <summary>Ends the process and waits, within limits, until it and all it may have started are gone.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
            while (_process is null && _whyNotStarted is null && Monitor.Wait(_gate, s_goneLimit))
            {
                // It is just being started, and must not be left to itself.
            }
        }

        if (_hasAnswered || _process?.WaitForExit(s_goneLimit) == false)
        {
            Kill();
        }

        if (_process is { } process)
        {
            // The end of its pipe is the end of the last process in its namespace.
            bool isGone = process.WaitForExit(s_goneLimit) && _printed!.WaitForEnd(s_goneLimit);
            if (isGone)
            {
                process.Dispose();
            }
        }

        DeleteFolder();
    }

    /// <remarks>
    /// Bubblewrap takes all with it, but only once it stands: killed in its first milliseconds it leaves a child that waits for
    /// it for ever. So a process that has not answered yet is asked to end, by closing its input, and killed with all its children if it does not.
    /// </remarks>
    internal void Kill()
    {
        Process? process;
        bool killsTree;
        lock (_gate)
        {
            process = _process;
            killsTree = _alwaysKillsTree || !_hasAnswered;
        }

        try
        {
            process?.Kill(killsTree);
            process?.WaitForExit(s_goneLimit);
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself, which is what was wanted; a child that cannot be killed is not ours.
        }
    }

    private void Run(HostCommand command)
    {
        try
        {
            Process process = ProcessStarter.Start(command.Build(Libraries, _folder?.FullName));
            lock (_gate)
            {
                _process = process;
                Id = process.Id;
                _printed = new PrintedText(process.StandardError.BaseStream, _limits.OutputKept);
                Monitor.PulseAll(_gate);
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            lock (_gate)
            {
                _whyNotStarted = e.Message;
                Monitor.PulseAll(_gate);
            }
        }

        while (NextQuestion() is { } question)
        {
            (ExchangeEnd End, byte[] Content) answer = _process is null ? (ExchangeEnd.Ended, []) : Exchange(_process, question);
            lock (_gate)
            {
                _question = null;
                _answer = answer;
                _hasAnswered |= answer.End == ExchangeEnd.Answered;
                Monitor.PulseAll(_gate);
            }
        }

        CloseInput();
    }

    /// <summary>The host ends when there are no more questions.</summary>
    private void CloseInput()
    {
        try
        {
            _process?.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It is gone already.
        }
    }

    private byte[]? NextQuestion()
    {
        lock (_gate)
        {
            while (_question is null && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            return _isClosed ? null : _question;
        }
    }

    private (ExchangeEnd End, byte[] Content) Exchange(Process process, byte[] question)
    {
        try
        {
            byte[] header = new byte[HeaderBytes];
            BinaryPrimitives.WriteInt32LittleEndian(header, question.Length);
            RandomNumberGenerator.Fill(header.AsSpan(4)); // the nonce: an answer without it was not asked for
            byte[] nonce = header[4..];
            Stream input = process.StandardInput.BaseStream;
            input.Write(header);
            input.Write(question);
            input.Flush();

            Stream output = process.StandardOutput.BaseStream;
            int got = output.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
            if (got < HeaderBytes)
            {
                return (got == 0 ? ExchangeEnd.Ended : ExchangeEnd.Tampered, []);
            }

            int length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (!header.AsSpan(4).SequenceEqual(nonce) || length < 0)
            {
                return (ExchangeEnd.Tampered, []);
            }

            if (length > (long)_limits.ResultBytes + AnswerSlack)
            {
                return (ExchangeEnd.TooMuchData, []);
            }

            byte[] content = new byte[length];
            return output.ReadAtLeast(content, length, throwOnEndOfStream: false) == length ? (ExchangeEnd.Answered, content) : (ExchangeEnd.Ended, []);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return (ExchangeEnd.Ended, []);
        }
    }

    private void DeleteFolder()
    {
        try
        {
            _folder?.Delete(recursive: true);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // The code deleted its own folder, or locked it: nobody's result shall depend on that.
        }
    }
}
