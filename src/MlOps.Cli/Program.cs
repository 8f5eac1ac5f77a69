using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using MlOps.Cli.Verbs;
using Spectre.Console;

namespace MlOps.Cli;

/// <summary>The <c>mlops</c> command: verbs that call the library and nothing else.</summary>
internal static class Program
{
    internal const int Ok = 0;
    internal const int GateFailed = 1;
    internal const int BadInput = 2;
    internal const int Cancelled = 130; // 128 + SIGINT, as shells count

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
        ParseResult parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction) // asking for help is no error, whatever else is missing
        {
            foreach (ParseError error in parsed.Errors)
            {
                Console.Error.WriteLine($"mlops: {Plain(error.Message)}");
            }

            string verb = string.Concat(Verbs(parsed.CommandResult).Reverse().Select(name => name + " "));
            Console.Error.WriteLine($"'./mlops {verb}--help' shows how it is used.");
            return BadInput;
        }

        // The parser listens for Ctrl-C only once a verb has given back its task, which those that compute do when they are through. The server listens itself.
        using var interrupted = new CancellationTokenSource();
        using PosixSignalRegistration? listening = parsed.CommandResult.Command.Name == "server" ? null : PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true; // cleaning up comes first
            _ = Task.Delay(PatienceAfterCancel).ContinueWith(_ => Environment.Exit(Cancelled), TaskScheduler.Default);
            interrupted.Cancel();
        });
        try
        {
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

    /// <summary>The verb and those above it, without the root: for <c>kernel install</c> first "install", then "kernel".</summary>
    private static IEnumerable<string> Verbs(CommandResult? verb)
    {
        for (; verb is { Command: not RootCommand }; verb = verb.Parent as CommandResult)
        {
            yield return verb.Command.Name;
        }
    }

    /// <summary>The parser's message in one line, a C# type by what a user would call it.</summary>
    private static string Plain(string message)
    {
        string line = string.Join(", ", message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Replace("of:, ", "of: ", StringComparison.Ordinal);
        int type = line.IndexOf(" as expected type '", StringComparison.Ordinal);
        return type < 0 ? line
            : line[type..].Contains("Int", StringComparison.Ordinal) ? $"{line[..type]} as a whole number."
            : line[type..].Contains("Double", StringComparison.Ordinal) ? $"{line[..type]} as a number."
            : $"{line[..type]}.";
    }

    /// <summary>The message in one line and without the name of a C# parameter, which means nothing to who types a command.</summary>
    internal static string Sentence(Exception e) =>
        e is FileNotFoundException { FileName: { } file } && Path.IsPathRooted(file) ? $"There is no file {file}." :
        e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal).ReplaceLineEndings(" ") : e.Message;
}
