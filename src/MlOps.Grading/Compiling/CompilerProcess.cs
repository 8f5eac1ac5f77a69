using System.Diagnostics;
using System.Text;
using MlOps.Grading.Compiler;
using MlOps.Grading.Sandboxing;

namespace MlOps.Grading.Compiling;

/// <summary>The grader's side of one compiling process. It ends by itself when this process does. Not thread-safe.</summary>
internal sealed class CompilerProcess : IDisposable
{
    private const string HeapLimit = "0x60000000"; // 1.5 GiB: many times what an exercise needs

    /// <summary>The compiler itself gives up after half of this; some texts keep it from noticing.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly BinaryReader _reader;
    private readonly BinaryWriter _writer;
    private readonly StringBuilder _said = new();

    /// <exception cref="InvalidOperationException">The program or .NET is not where it should be.</exception>
    internal CompilerProcess()
    {
        string program = typeof(ExerciseCompiler).Assembly.Location;
        var start = new ProcessStartInfo(HostFiles.Find().Dotnet, ["exec", program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginErrorReadLine();
        _reader = new BinaryReader(_process.StandardOutput.BaseStream, Encoding.UTF8);
        _writer = new BinaryWriter(new BufferedStream(_process.StandardInput.BaseStream), Encoding.UTF8);
    }

    /// <summary>Gets a value indicating whether a file ended the process.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Compiles. A file that the compiler does not survive comes back with that as its problem.</summary>
    internal CompiledExercise Compile(string file, string source, IReadOnlyList<string> libraries)
    {
        using var limit = new Timer(_ => _process.Kill(), null, s_limit, Timeout.InfiniteTimeSpan);
        try
        {
            CompilerMessages.WriteQuestion(_writer, file, source, libraries);
            return CompilerMessages.ReadAnswer(_reader);
        }
        catch (IOException)
        {
            HasEnded = true;
            _process.WaitForExit();
            return CompiledExercise.Failed($"{file}: {Why()}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private string Why()
    {
        lock (_said)
        {
            return _said.ToString() is var said && said.Contains("Stack overflow", StringComparison.Ordinal)
                ? "the code is nested too deeply for the compiler."
                : said.Contains("OutOfMemory", StringComparison.OrdinalIgnoreCase)
                    ? "the compiler ran out of memory on this code."
                    : "the compiler gave up on this code. Write it more plainly.";
        }
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            if (line is not null && _said.Length < 4096) // a crash prints thousands of frames after the words that matter
            {
                _said.AppendLine(line);
            }
        }
    }
}
