using System.CommandLine;
using MlOps.Kernel.Installing;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops kernel</c>: the C# kernel of VS Code, JupyterLab and the classic Notebook.</summary>
internal static class KernelVerb
{
    internal static Command Create() => new Verb("kernel", "Installs or removes the C# kernel for notebooks in VS Code and Jupyter.", "./mlops kernel install", "./mlops kernel status") { Install(), Uninstall(), Status(), Start() };

    private static Verb Install()
    {
        Place place = new();
        var verb = new Verb(
            "install",
            "Installs the kernel 'C# (MlOps Course)' for this clone of the course. Neither Python nor Jupyter is needed. Exit code 0, or 2 for bad input.",
            "./mlops kernel install",
            "./mlops kernel install --prefix ~/envs/jupyter");
        place.AddTo(verb);
        verb.SetAction(parsed =>
        {
            KernelSpecFolder folder = place.Of(parsed);
            folder.Install(Course.Root);
            Console.WriteLine($"'{KernelSpecFolder.DisplayName}' is installed in {folder.Path}.");
            Console.WriteLine($"It starts the course in {folder.Course}. If you move that folder, install the kernel again from its new place.");
            Console.WriteLine($"VS Code: open a notebook, then Select Kernel → Jupyter Kernel… → {KernelSpecFolder.DisplayName}. More in docs/kernel.md.");
            return Program.Ok;
        });
        return verb;
    }

    private static Verb Uninstall()
    {
        Place place = new();
        var verb = new Verb("uninstall", "Removes the kernel. Other kernels stay. Exit code 0, or 2 for bad input.", "./mlops kernel uninstall", "./mlops kernel uninstall --prefix ~/envs/jupyter");
        place.AddTo(verb);
        verb.SetAction(parsed =>
        {
            KernelSpecFolder folder = place.Of(parsed);
            Console.WriteLine(folder.Uninstall() ? $"{folder.Path} is removed." : $"{folder.Path} is not there; nothing was removed.");
            return Program.Ok;
        });
        return verb;
    }

    private static Verb Status()
    {
        Place place = new();
        var verb = new Verb("status", "Says whether the kernel is installed for this clone of the course. Exit code 0 it is, 1 it is not, 2 bad input.", "./mlops kernel status");
        place.AddTo(verb);
        verb.SetAction(parsed =>
        {
            KernelSpecFolder folder = place.Of(parsed);
            string? course = folder.Course;
            bool here = course is not null && Path.GetFullPath(course) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(Course.Root));
            Console.WriteLine(here ? folder.Path : course is null ? $"not in {folder.Path}" : $"installed for another folder, {course}");
            return here ? Program.Ok : Program.GateFailed;
        });
        return verb;
    }

    /// <summary>For the help; front ends start the kernel without passing here (see <see cref="KernelStart"/>).</summary>
    private static Verb Start()
    {
        var file = new Argument<string>("connection-file") { Description = "The file in which a front end says where the kernel shall listen." };
        var verb = new Verb("start", "Runs the kernel in the foreground. Front ends do this; you need not. Exit code 0, or 2 for bad input.", "./mlops kernel start connection.json") { file };
        verb.SetAction(parsed => KernelStart.Run(parsed.GetRequiredValue(file)));
        return verb;
    }

    /// <summary>The options that say where the kernel goes.</summary>
    private sealed class Place
    {
        private readonly Option<bool> _user = new("--user") { Description = "For yourself, in your home folder (the default)." };
        private readonly Option<string?> _prefix = new("--prefix") { Description = "For everybody who uses this prefix: DIR/share/jupyter/kernels.", HelpName = "DIR" };

        internal void AddTo(Command verb)
        {
            verb.Options.Add(_user);
            verb.Options.Add(_prefix);
            verb.Validators.Add(result =>
            {
                if (result.GetValue(_user) && result.GetValue(_prefix) is not null)
                {
                    result.AddError("--user and --prefix exclude each other: name one place.");
                }
            });
        }

        internal KernelSpecFolder Of(ParseResult parsed) => parsed.GetValue(_prefix) is { } prefix ? KernelSpecFolder.Under(prefix) : KernelSpecFolder.OfUser();
    }
}
