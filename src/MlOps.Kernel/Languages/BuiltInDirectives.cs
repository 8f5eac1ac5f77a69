using MlOps.Kernel.Engine;
using MlOps.Kernel.Languages.Mermaid;
using MlOps.Kernel.Languages.Sql;
using static MlOps.Kernel.Engine.CellDirectives;

namespace MlOps.Kernel.Languages;

/// <summary>The directives that every engine has. Names and options are those of .NET Interactive where it had them.</summary>
internal static class BuiltInDirectives
{
    private const string Calls = "global::MlOps.Kernel.Languages." + nameof(DirectiveCalls) + ".";

    /// <summary>Gets the language of cells that say nothing.</summary>
    internal static CellDirective CSharp { get; } = Language("csharp", "#!csharp", "The lines below are C#.", static (arguments, body) => Alone(arguments, "#!csharp", body))
        with { Alias = "c#", Read = Sharing.Variable, Write = Sharing.Declare };

    internal static IReadOnlyList<CellDirective> All { get; } =
    [
        CSharp,
        Language("html", "#!html", "Shows the lines below as HTML.", static (arguments, body) => Alone(arguments, "#!html", Call(nameof(DirectiveCalls.Html), body)))
            with { Write = Given("html") },
        Language("markdown", "#!markdown", "Shows the lines below as Markdown.", static (arguments, body) => Alone(arguments, "#!markdown", Call(nameof(DirectiveCalls.Markdown), body))),
        Language("javascript", "#!javascript", "Runs the lines below as JavaScript, where the notebook is shown.", static (arguments, body) => Alone(arguments, "#!javascript", Call(nameof(DirectiveCalls.JavaScript), body)))
            with { Alias = "js", Write = Given("javascript") },
        Shell("sh", "Runs the lines below in /bin/sh, in the notebook's folder."),
        Shell("bash", "Runs the lines below in bash, in the notebook's folder."),
        Language("value", ValueDirective.Usage, "Keeps the lines below, or a file's text, under a name for #!share.", ValueDirective.ToCode)
            with { Read = Sharing.KeptValue, Write = Sharing.Keep },
        Language("sql", "#!sql [--connection sales] [--name result]", "Runs the lines below as SQL, on C# tables by their names or on a connection; #!sql-sales is short for the connection.", Sql)
            with { SuffixOption = "--connection", Read = Sharing.Variable, Write = SqlDirectives.Share },
        Language("mermaid", "#!mermaid", "Draws the lines below as a Mermaid diagram.", static (arguments, body) =>
            Alone(arguments, "#!mermaid", $"global::{typeof(MermaidCell).FullName}.{nameof(MermaidCell.Show)}({Literal(body)});")),
        Language("meta", "#!meta", "Begins the head of a .dib file; it is skipped.", static (_, _) => ""),
        Action("share", Sharing.ShareUsage, "Brings a value from one language into the language of this place.", Sharing.Share),
        Action("set", Sharing.SetUsage, "Sets a value in the language of this place: a literal such as 5, @language:name, @input:question or @password:question.", Sharing.Set),
        Action("connect", "#!connect sqlite --kernel-name sales \"Data Source=sales.db\"", "Opens a database for #!sql under a name.", static (arguments, _) => SqlDirectives.Connect(arguments)),
        Action("import", ImportedFile.Usage, "Runs the code of a .cs, .csx, .ipynb, .dib, .html or .js file in this session.", static (_, _) => "")
            with { Expand = ImportedFile.Parts },
        Action("time", "#!time", "Tells at the cell's end how long it took from here."),
        Action("who", "#!who", "Lists the names of the variables."),
        Action("whos", "#!whos", "Shows the variables as a table: name, type, value."),
        Action("lsmagic", "#!lsmagic", "Shows all directives as a table."),
        Action("about", "#!about", "Tells the versions of this notebook engine, of C#, of .NET, and where the documentation is."),
    ];

    private static string Sql(string arguments, string query) => SqlDirectives.Sql(arguments, query, CellContext.Current!.Engine.Options.TableFactory);

    private static CellDirective Language(string name, string usage, string summary, Func<string, string, string> toCode) =>
        new(new DirectiveDescription(name, usage, summary, IsLanguage: true), toCode);

    private static CellDirective Shell(string shell, string summary) =>
        Language(shell, $"#!{shell}", summary, (arguments, body) => Alone(arguments, $"#!{shell}", Call(nameof(DirectiveCalls.Shell), shell, body)))
            with { Write = Given(shell) };

    private static CellDirective Action(string name, string usage, string summary, Func<string, string, string> toCode) =>
        new(new DirectiveDescription(name, usage, summary, IsLanguage: false), toCode);

    /// <summary>One without arguments, which calls the method of its name.</summary>
    private static CellDirective Action(string name, string usage, string summary)
    {
        string method = char.ToUpperInvariant(name[0]) + name[1..];
        return Action(name, usage, summary, (arguments, _) => Alone(arguments, usage, Call(method)));
    }

    private static Func<string, string, string> Given(string language) =>
        (name, value) => $"{Calls}{nameof(DirectiveCalls.Give)}({Literal(language)}, {Literal(name)}, {value});";

    private static string Alone(string arguments, string usage, string code)
    {
        DirectiveArguments.None(arguments, usage);
        return code;
    }

    /// <summary>A statement that calls a method of <see cref="DirectiveCalls"/> with texts.</summary>
    internal static string Call(string method, params IEnumerable<string> texts) => Expression(method, texts) + ";";

    internal static string Expression(string method, params IEnumerable<string> texts) => $"{Calls}{method}({string.Join(", ", texts.Select(Literal))})";
}
