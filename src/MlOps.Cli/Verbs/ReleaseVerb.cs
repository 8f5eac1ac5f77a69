using System.CommandLine;
using MlOps.Grading.Releasing;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops release</c>: the student edition of the course.</summary>
internal static class ReleaseVerb
{
    internal static Command Create()
    {
        var output = new Option<string>("--out", "-o") { Description = "The folder to write; it must be empty or not there yet.", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace an earlier edition in the folder; a repository there keeps its history." };
        var verb = new Verb(
            "release",
            "Writes the student edition: no solutions, no wrong solutions, no held-back tests, hashed answers. Exit code 0, or 2 for bad input and if anything leaks.",
            "./mlops release --out ../mlops-students")
        {
            output, force,
        };
        verb.SetAction((parsed, cancellation) => Task.FromResult(Release(parsed.GetRequiredValue(output), parsed.GetValue(force), cancellation)));
        return verb;
    }

    private static int Release(string output, bool force, CancellationToken cancellation)
    {
        ReleaseReport report = StudentEdition.Write(Course.Root, output, force, progress: null, cancellation);
        Console.WriteLine(FormattableString.Invariant($"{Path.GetFullPath(output)}: {report.Files} files, {report.Bytes / 1e6:0.0} MB. Left out: {report.LeftOut.Count}, leaks found: 0."));
        foreach (string file in report.Untracked)
        {
            Console.WriteLine($"  not in git, but released: {file}");
        }

        return Program.Ok;
    }
}
