using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>Reads SQLite's messages: it tells what is wrong in words only.</summary>
internal static partial class SqliteMessages
{
    /// <summary>The word that a message is about.</summary>
    internal static string? Culprit(string message) => CulpritPattern().Match(message) is { Success: true } match ? match.Groups["word"].Value : null;

    /// <summary>The table that a message misses.</summary>
    internal static string? MissingTable(string message) => MissingTablePattern().Match(message) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>The view that a statement tried to change.</summary>
    internal static string? UnchangeableView(string message) => ViewRefusal().Match(message) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>SQLite's own words, without what the provider puts around them.</summary>
    internal static string Words(SqliteException exception) => ProviderPattern().Match(exception.Message) is { Success: true } match ? match.Groups["words"].Value : exception.Message;

    [GeneratedRegex(@"^SQLite Error \d+: '(?<words>.*)'\.$", RegexOptions.Singleline)]
    private static partial Regex ProviderPattern();

    [GeneratedRegex(@"^no such table: (?:main\.|temp\.)?(?<name>.+)$")]
    private static partial Regex MissingTablePattern();

    [GeneratedRegex(@"^(?:cannot modify (?<name>.+) because it is a view|use DROP VIEW to delete view (?<name>.+)|view (?<name>.+) may not be altered)$")]
    private static partial Regex ViewRefusal();

    [GeneratedRegex(@"^(?:near ""(?<word>.+)"": |no such (?:table|column|function): (?:\w+\.)*(?<word>\w+)$|ambiguous column name: (?<word>\w+)$|UNIQUE constraint failed: (?<word>\w+))")]
    private static partial Regex CulpritPattern();
}
