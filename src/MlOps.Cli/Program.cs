using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using MlOps.Cli.Verbs;
using MlOps.Onnx;
using Spectre.Console;

namespace MlOps.Cli;

/// <summary>The <c>mlops</c> command: verbs that call the library and nothing else.</summary>
internal static class Program
{
    internal const int Ok = 0;
    internal const int GateFailed = 1;
    internal const int BadInput = 2;
    internal const int Cancelled = 130; // 128 + SIGINT, as shells count

    /// <summary>Verbs that run models on <see cref="DefaultProviders"/>. 'predict' has an option of its own and says it itself.</summary>
    private static readonly string[] s_runModels = ["validate", "distil", "prune", "quantize", "explain", "benchmark"];

    private static readonly TimeSpan PatienceAfterCancel = TimeSpan.FromSeconds(2); // for what does not look whether it was cancelled

    private static async Task<int> Main(string[] args)
    {
        if (args is ["kernel", "start", { } connectionFile] && !connectionFile.StartsWith('-'))
        {
            int code = KernelStart.Run(connectionFile);
            Environment.Exit(code); // a thread that a cell started would keep the process alive
        }

        Console.OutputEncoding = System.Text.Encoding.UTF8;
        if (Console.IsOutputRedirected)
        {
            // A file or a CI log is no place for colours.
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        return await RunAsync(args, CancellationToken.None);
    }

    /// <summary>Every verb, with those that only the course itself calls.</summary>
    internal static RootCommand Verbs()
    {
        var root = new RootCommand("The MLOps course for .NET.")
        {
            RunVerb.Create(),
            ExecuteVerb.Create(),
            CheckVerb.Create(),
            StatusVerb.Create(),
            GradeVerb.Create(),
            ReleaseVerb.Create(),
            TrainVerb.Create(),
            DistilVerb.Create(),
            ValidateVerb.Create(),
            PredictVerb.Create(),
            PruneVerb.Create(),
            QuantizeVerb.Create(),
            DriftVerb.Create(),
            QualityVerb.Create(),
            ExplainVerb.Create(),
            FairnessVerb.Create(),
            MonitorVerb.Create(),
            TrackVerb.Create(),
            RunsVerb.Create(),
            ModelsVerb.Create(),
            CardVerb.Create(),
            DataVerb.Create(),
            OnnxVerb.Create(),
            BenchmarkVerb.Create(),
            KernelVerb.Create(),
            WorkerVerb.Create(),
            LimitedRunVerb.Create(),
        };
        ExamplesInHelp.Install(root);
        return root;
    }

    /// <summary>Reads a command line.</summary>
    internal static ParseResult Parse(string[] args) =>
        Verbs().Parse(OldNames.Replace(args), new ParserConfiguration { ResponseFileTokenReplacer = null }); // @challenger is an alias, not a file with options

    /// <summary>Reads a command line and does what it says.</summary>
    /// <param name="args">The verb and what follows it.</param>
    /// <param name="cancellation">Ends the work as Ctrl-C does.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        ParseResult parsed = Parse(args);
        if (parsed.Action is ParseErrorAction) // asking for help is no error, whatever else is missing
        {
            CommandLineMistake.Tell(parsed, Console.Error);
            return BadInput;
        }

        // The parser listens for Ctrl-C only once a verb has given back its task, which those that compute do when they are through. The server listens itself.
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using PosixSignalRegistration? listening = parsed.CommandResult.Command.Name == "server" ? null : PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true; // cleaning up comes first
            _ = Task.Delay(PatienceAfterCancel, CancellationToken.None).ContinueWith(_ => Environment.Exit(Cancelled), TaskScheduler.Default);
            interrupted.Cancel();
        });
        try
        {
            if (s_runModels.Contains(CommandLineMistake.Path(parsed.CommandResult).LastOrDefault()) && parsed.Action is not ExamplesInHelp && DefaultProviders.Notice() is { } notice)
            {
                Console.Error.WriteLine(notice);
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupted.Token);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("mlops: cancelled.");
            return Cancelled;
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable("MLOPS_DEBUG") is null)
        {
            // Whatever goes wrong, the user gets a sentence; MLOPS_DEBUG=1 gives the stack trace to who mends it.
            Console.Error.WriteLine($"mlops: {Sentence(e)}");
            return BadInput;
        }
    }

    /// <summary>The message in one line and without the name of a C# parameter, which means nothing to who types a command.</summary>
    internal static string Sentence(Exception e) =>
        e is FileNotFoundException { FileName: { } file } && Path.IsPathRooted(file) ? $"There is no file {file}." :
        e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal).ReplaceLineEndings(" ") : e.Message;
}
