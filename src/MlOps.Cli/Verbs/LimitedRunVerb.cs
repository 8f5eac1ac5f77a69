using System.CommandLine;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops limited-run</c>: the process that <see cref="LimitedRun"/> starts with limits of the operating system. Not for people, so not in the help.</summary>
internal static class LimitedRunVerb
{
    internal static Command Create()
    {
        var folder = new Argument<string>("folder");
        var verb = new Command(LimitedRunWorker.Verb) { folder };
        verb.Hidden = true;
        verb.SetAction(parsed => LimitedRunWorker.Run(parsed.GetRequiredValue(folder), Console.Out));
        return verb;
    }
}
