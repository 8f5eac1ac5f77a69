#pragma warning disable CA1720 // The members are called after the column types that C# users know.

using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>The type that a column shall have.</summary>
public enum ExpectedType
{
    /// <summary>Numbers. A column of whole numbers is one too: whether 3.0 is written 3 is no matter of type.</summary>
    Double,

    /// <summary>Whole numbers in the range of a long.</summary>
    Long,

    /// <summary>True and false.</summary>
    Bool,

    /// <summary>Times.</summary>
    DateTime,

    /// <summary>Text.</summary>
    String,
}

/// <summary>The names of column types in rules and messages.</summary>
internal static class ExpectedTypes
{
    internal static ExpectedType Of(Column column) => column switch
    {
        Column<double> => ExpectedType.Double,
        Column<long> => ExpectedType.Long,
        Column<bool> => ExpectedType.Bool,
        Column<DateTime> => ExpectedType.DateTime,
        _ => ExpectedType.String,
    };

    /// <summary>As the table's own displays write it.</summary>
    internal static string Name(ExpectedType type) => type == ExpectedType.DateTime ? "DateTime" : type.ToString().ToLowerInvariant();

    internal static bool Accepts(ExpectedType expected, ExpectedType actual) =>
        expected == actual || (expected == ExpectedType.Double && actual == ExpectedType.Long);

    internal static string Plural(ExpectedType type) => type switch
    {
        ExpectedType.Double => "numbers",
        ExpectedType.Long => "whole numbers",
        ExpectedType.Bool => "truth values",
        ExpectedType.DateTime => "times",
        _ => "text",
    };
}
