using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MlOps.Cli;

/// <summary>A verb with examples that <c>--help</c> prints below the options.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    internal IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>Adds the examples to the help of every verb.</summary>
internal sealed class ExamplesInHelp(HelpAction standard) : SynchronousCommandLineAction
{
    internal static void Install(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesInHelp((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int status = standard.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in verb.Examples)
            {
                output.WriteLine($"  {example}");
            }
        }

        return status;
    }
}
