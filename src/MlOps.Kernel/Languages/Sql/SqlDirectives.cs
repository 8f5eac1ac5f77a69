using Microsoft.CodeAnalysis.CSharp;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>The C# that runs for <c>#!sql</c> and <c>#!connect</c>.</summary>
/// <remarks>Wrong arguments are told when the code runs: then the message is the cell's error like any other.</remarks>
internal static class SqlDirectives
{
    private const string Cell = "global::MlOps.Kernel.Languages.Sql." + nameof(SqlCell);

    /// <summary>The code for <c>#!sql arguments</c>.</summary>
    /// <param name="arguments">The rest of the line.</param>
    /// <param name="query">The lines below.</param>
    /// <param name="tableFactory">The method that makes a value of a reader (<see cref="EngineOptions.TableFactory"/>); null for a DataTable.</param>
    internal static string Sql(string arguments, string query, string? tableFactory) =>
        Variable(arguments) is { } name
            ? $"var @{name} = {Cell}.{nameof(SqlCell.Query)}({Literals(arguments, query)}, static reader => {tableFactory ?? $"{Cell}.{nameof(SqlCell.ToDataTable)}"}(reader));"
            : $"{Cell}.{nameof(SqlCell.Run)}({Literals(arguments, query)});";

    /// <summary>The code that makes a value of another language readable in SQL.</summary>
    internal static string Share(string name, string value) => $"{Cell}.{nameof(SqlCell.Share)}({CellDirectives.Literal(name)}, {value});";

    /// <summary>The code for <c>#!connect arguments</c>.</summary>
    internal static string Connect(string arguments) => $"{Cell}.{nameof(SqlCell.Connect)}({CellDirectives.Literal(arguments)});";

    private static string Literals(string arguments, string query) => $"{CellDirectives.Literal(arguments)}, {CellDirectives.Literal(query)}";

    /// <summary>The name behind <c>--name</c> if it can be a variable's.</summary>
    private static string? Variable(string arguments)
    {
        string[] words = arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int at = Array.IndexOf(words, "--name");
        string? name = at >= 0 && at + 1 < words.Length ? words[at + 1].Trim('"', '\'') : null;
        return SyntaxFacts.IsValidIdentifier(name) ? name : null;
    }
}
