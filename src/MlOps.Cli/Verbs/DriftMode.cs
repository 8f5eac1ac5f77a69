using System.CommandLine;
using MlOps.Data;

namespace MlOps.Cli.Verbs;

/// <summary>A way to use <c>mlops drift</c>: what it is called with, and what it then does.</summary>
internal abstract class DriftMode
{
    /// <summary>How an error names it.</summary>
    internal abstract string Name { get; }

    /// <summary>Why options of other ways do not go with it: the end of a sentence that begins with its name.</summary>
    internal abstract string Nature { get; }

    /// <summary>The options that are its own.</summary>
    internal abstract IReadOnlyList<Option> Own { get; }

    /// <summary>Those of all ways that go with it.</summary>
    internal abstract IReadOnlyList<Option> Shared { get; }

    /// <summary>Whether it compares two sources; otherwise it looks at one.</summary>
    internal virtual bool TakesTwo => true;

    /// <summary>Whether a command line means it.</summary>
    internal abstract bool IsMeant(ParseResult parsed, IReadOnlyList<string> sources);

    /// <summary>Does it and returns the exit code.</summary>
    /// <param name="parsed">The command line; its options go together.</param>
    /// <param name="sources">Two sources, or one.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal abstract Task<int> RunAsync(ParseResult parsed, IReadOnlyList<string> sources, CancellationToken cancellation);

    /// <summary>A table that was read, if it has the columns that the command line names.</summary>
    protected static Table Checked(Table table, string path, IEnumerable<string>? columns)
    {
        string? missing = columns?.FirstOrDefault(name => !table.HasColumn(name));
        return missing is null
            ? table
            : throw new ArgumentException($"{path}: there is no column '{missing}'. There are: {string.Join(", ", table.Columns.Select(column => column.Name))}.");
    }

    /// <summary>Whether an option was written on the command line.</summary>
    protected static bool Given(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
