using System.CommandLine;
using MlOps.Data;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops data make</c>: the course's data sets, made again from their seeds.</summary>
internal static class DataVerb
{
    internal static Command Create()
    {
        var names = new Argument<string[]>("names") { Description = "Which data sets; all without a name.", Arity = ArgumentArity.ZeroOrMore };
        var folder = new Option<string>("--out", "-o") { Description = "The folder to write to; the course's datasets/ without it." };
        var make = new Verb(
            "make",
            "Makes the data sets from their seeds. The same version of the course gives the same bytes. Exit code 0, or 2 for bad input.",
            "./mlops data make",
            "./mlops data make loan-applications --out data")
        {
            names, folder,
        };
        make.SetAction(parsed => Make(parsed.GetValue(names) is { Length: > 0 } some ? some : null, parsed.GetValue(folder) ?? Course.At("datasets")));
        return new Verb("data", "Makes the course's data sets.", "./mlops data make") { make };
    }

    private static int Make(string[]? names, string folder)
    {
        foreach (string path in DataSets.Make(folder, names))
        {
            Console.WriteLine(FormattableString.Invariant($"{path}  {new FileInfo(path).Length / 1024.0:N0} KB"));
        }

        return Program.Ok;
    }
}
