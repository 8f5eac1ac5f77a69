using System.Data.Common;
using System.Globalization;

namespace MlOps.Drift.Sql;

/// <summary>A query that is being written, with its parameters: values never become text.</summary>
internal sealed class SqlText
{
    private readonly List<object> _values = [];

    internal string Text { get; set; } = "";

    /// <summary>Adds a value and returns its place in the text.</summary>
    internal string Parameter(object? value)
    {
        _values.Add(value ?? DBNull.Value);
        return Name(_values.Count - 1);
    }

    internal void AddTo(DbCommand command)
    {
        command.CommandText = Text;
        for (int i = 0; i < _values.Count; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = Name(i);
            parameter.Value = _values[i];
            command.Parameters.Add(parameter);
        }
    }

    private static string Name(int place) => string.Create(CultureInfo.InvariantCulture, $"@p{place}");
}
