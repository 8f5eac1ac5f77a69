using System.Globalization;
using SQLitePCL;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>C# values as SQLite stores them.</summary>
/// <remarks>Times are ISO 8601 text, a day without a time of day as yyyy-MM-dd: such texts sort as the times do, and SQLite's date functions read them.</remarks>
internal static class SqliteValue
{
    /// <summary>The type to declare for a column. BOOLEAN and DATETIME mean nothing to SQLite; they tell a reader what the values were.</summary>
    internal static string TypeName(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => "TEXT",
        TypeCode.Boolean => "BOOLEAN",
        TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 => "INTEGER",
        TypeCode.UInt64 or TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "REAL",
        TypeCode.DateTime => "DATETIME",
        TypeCode.String or TypeCode.Char => "TEXT",
        _ when type == typeof(DateOnly) => "DATE",
        _ when type == typeof(byte[]) => "BLOB",
        _ => "TEXT",
    };

    /// <summary>What is stored: null, long, double, string or byte[].</summary>
    internal static object? Of(object? value) => value switch
    {
        null or DBNull => null,
        string or long or byte[] => value,
        Enum name => name.ToString(),
        bool truth => truth ? 1L : 0L,
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double number => double.IsNaN(number) ? null : number,
        float or ulong or decimal or Half => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsNaN(number) ? null : number,
        DateTime time => TimeText(time),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Binds a stored value to a parameter, numbered from 1.</summary>
    internal static int Bind(sqlite3_stmt statement, int place, object? stored) => stored switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        double number => raw.sqlite3_bind_double(statement, place, number),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        _ => raw.sqlite3_bind_text(statement, place, (string)stored),
    };

    private static string TimeText(DateTime time) =>
        time.TimeOfDay == TimeSpan.Zero && time.Kind != DateTimeKind.Utc
            ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + (time.Kind == DateTimeKind.Utc ? "Z" : "");
}
