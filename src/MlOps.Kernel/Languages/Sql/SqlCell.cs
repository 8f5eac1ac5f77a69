using System.Data;
using System.Data.Common;
using MlOps.Kernel.Display;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>What <c>#!sql</c> and <c>#!connect</c> do. The lines of a notebook are turned into calls of these methods.</summary>
/// <remarks>
/// <para>Without a connection, queries run in an SQLite database in memory that belongs to the session. There a C# variable that holds a table
/// is a table of the same name: a type with a method <c>ToDataReader()</c>, a <see cref="DataTable"/>, or a sequence of flat records.
/// SQL reads a copy, taken when a query first names it and taken again when the variable holds another object (at each cell, if it can change
/// in place). A table of the database's own wins over a variable of the same name.</para>
/// <para><c>@name</c> in a query is the value of the C# variable <c>name</c>, passed as a parameter, never as text.</para>
/// </remarks>
public static class SqlCell
{
    /// <summary>Runs a query and shows each of its results as a table, and what its other statements did.</summary>
    /// <param name="arguments"><c>--connection NAME</c>, or nothing.</param>
    /// <param name="query">One statement or more.</param>
    /// <exception cref="SqlCellException">The database refuses, or the arguments are wrong.</exception>
    public static void Run(string arguments, string query)
    {
        SqlArguments words = Read(arguments, query);
        if (words["--name"] is { } name)
        {
            throw new SqlCellException($"#!sql --name needs the name of a C# variable; got '{name}'.");
        }

        SqlSession.Current.Find(words["--connection"]).Execute(query, SqlSession.Cell, static reader => ResultTable.Show(reader), Show);
    }

    /// <summary>Runs a query, makes a value of its last result and shows it.</summary>
    /// <param name="arguments"><c>--name VARIABLE</c> and perhaps <c>--connection NAME</c>.</param>
    /// <param name="query">One statement or more, of which one at least gives rows.</param>
    /// <param name="make">Makes the value; the reader is before the first row. It is closed afterwards.</param>
    /// <returns>What <paramref name="make"/> made of the last result.</returns>
    /// <exception cref="SqlCellException">The database refuses, the arguments are wrong, no statement gives rows, or one gives more than five million.</exception>
    public static T Query<T>(string arguments, string query, Func<DbDataReader, T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        SqlArguments words = Read(arguments, query);
        (bool Is, T? Value) made = default;
        SqlSession.Current.Find(words["--connection"]).Execute(query, SqlSession.Cell, reader => made = (true, make(new CappedReader(reader))), Show);
        if (!made.Is)
        {
            throw new SqlCellException($"--name {words["--name"]} keeps the rows of a query, and none of these statements gives rows. Leave --name out, or end with a SELECT.");
        }

        if (made.Value is DataTable table)
        {
            using DataTableReader reader = table.CreateDataReader();
            ResultTable.Show(reader);
        }
        else
        {
            DisplayFunctions.display(made.Value);
        }

        return made.Value!;
    }

    /// <summary>Makes a C# value readable in SQL as a table.</summary>
    /// <param name="name">The table's name; a table shared under it before is replaced.</param>
    /// <param name="value">A type with <c>ToDataReader()</c>, a <see cref="DataTable"/> or a sequence of flat records. It is copied now.</param>
    /// <param name="connection">An SQLite connection by name; null for the session's own.</param>
    /// <exception cref="SqlCellException">The value is no table, or the connection is unknown or none to SQLite.</exception>
    public static void Share(string name, object? value, string? connection = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        SqlSession.Current.Find(connection).Share(name, value, SqlSession.Cell);
    }

    /// <summary>Opens a connection and gives it a name; says what is there.</summary>
    /// <param name="arguments"><c>KIND --kernel-name NAME "CONNECTION STRING"</c>; for SQLite a path will do.</param>
    /// <exception cref="SqlCellException">The arguments are wrong, or the database cannot be opened.</exception>
    public static void Connect(string arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        const string Usage = "Write: #!connect sqlite --kernel-name sales \"Data Source=sales.db\"";
        var words = new SqlArguments("#!connect", arguments, "--kernel-name", "--connection-string");
        string kind = words.Places.Count > 0 ? words.Places[0] : throw new SqlCellException("#!connect needs a kind of database. " + Usage);
        string name = words["--kernel-name"] ?? throw new SqlCellException("#!connect needs a name for the connection. " + Usage);
        string[] places = [.. words.Places.Skip(1), .. words["--connection-string"] is { } text ? [text] : Array.Empty<string>()];
        if (places.Length != 1)
        {
            throw new SqlCellException($"#!connect needs one connection string, in quotes if it holds blanks; got {places.Length}. " + Usage);
        }

        SqlDatabase opened = SqlSession.Current.Connect(kind, name, places[0]);
        Show($"#!sql-{name} is connected to {opened.Describe()}");
    }

    /// <summary>Reads the rows that are left in a reader into a <see cref="DataTable"/>; the values decide the types of its columns.</summary>
    public static DataTable ToDataTable(DbDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return DataTables.Of(reader);
    }

    private static SqlArguments Read(string arguments, string query)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(query);
        var words = new SqlArguments("#!sql", arguments, "--connection", "--name");
        return words.Places.Count == 0
            ? words
            : throw new SqlCellException($"#!sql takes no '{words.Places[0]}'. The query stands on the lines below; options are --connection and --name.");
    }

    private static void Show(string notice) => DisplayedValue.Show(MimeBundles.Of(notice));
}
