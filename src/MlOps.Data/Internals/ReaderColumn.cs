using System.Data;
using System.Globalization;
using System.Text;
using MlOps.Data.Csv;

namespace MlOps.Data.Internals;

/// <summary>A column that grows value by value as a data reader gives them, and finds its type on the way.</summary>
/// <param name="name">The column's name.</param>
/// <param name="declared">The type as the database writes it, such as BOOLEAN.</param>
/// <param name="announced">The type that the reader announces before the first row.</param>
internal sealed class ReaderColumn(string name, string declared, Type? announced)
{
    private readonly List<long> _bits = []; // numbers, truth values and times: 64 bits each, unboxed
    private readonly List<string?> _texts = [];
    private readonly List<bool> _missing = [];
    private Kind _kind;

    private enum Kind
    {
        Unknown,
        Long,
        Double,
        Bool,
        Time,
        Text,
    }

    private bool SaysBool => declared.Contains("BOOL", StringComparison.OrdinalIgnoreCase);

    private bool SaysTime => declared.Contains("DATE", StringComparison.OrdinalIgnoreCase) || declared.Contains("TIME", StringComparison.OrdinalIgnoreCase);

    internal void Add(IDataReader reader, int ordinal)
    {
        if (reader.IsDBNull(ordinal))
        {
            AddMissing();
            return;
        }

        Type type = reader.GetFieldType(ordinal); // asked for each row: in SQLite it is the value's
        if (type == typeof(long))
        {
            AddBits(Kind.Long, reader.GetInt64(ordinal));
        }
        else if (type == typeof(double))
        {
            AddDouble(reader.GetDouble(ordinal));
        }
        else if (type == typeof(string))
        {
            AddText(reader.GetString(ordinal));
        }
        else
        {
            AddBoxed(reader.GetValue(ordinal));
        }
    }

    internal Column Finish()
    {
        bool[] missing = [.. _missing];
        switch (_kind == Kind.Unknown ? Announced() : _kind)
        {
            case Kind.Long when SaysBool && !_bits.Exists(bits => bits is not (0 or 1)):
            case Kind.Bool:
                return new Column<bool>(name, Values(bits => bits != 0), missing);
            case Kind.Long:
                return new Column<long>(name, [.. _bits], missing);
            case Kind.Double:
                return new Column<double>(name, Values(BitConverter.Int64BitsToDouble), missing);
            case Kind.Time:
                return new Column<DateTime>(name, Values(DateTime.FromBinary), missing);
            case Kind.Text when SaysTime && Times() is { } times:
                return new Column<DateTime>(name, times, missing);
            default:
                return new StringColumn(name, _kind == Kind.Text ? _texts : new string?[missing.Length]);
        }
    }

    private void AddMissing()
    {
        _missing.Add(true);
        if (_kind == Kind.Text)
        {
            _texts.Add(null);
        }
        else
        {
            _bits.Add(0);
        }
    }

    private void AddBoxed(object value)
    {
        switch (value)
        {
            case sbyte or byte or short or ushort or int or uint or long:
                AddBits(Kind.Long, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case float or double or decimal or ulong:
                AddDouble(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case bool truth:
                AddBits(Kind.Bool, truth ? 1 : 0);
                break;
            case DateTime time:
                AddBits(Kind.Time, DateTime.SpecifyKind(time, time.Kind == DateTimeKind.Utc ? DateTimeKind.Utc : DateTimeKind.Unspecified).ToBinary());
                break;
            case DateOnly date:
                AddBits(Kind.Time, date.ToDateTime(TimeOnly.MinValue).ToBinary());
                break;
            case DateTimeOffset moment:
                AddBits(Kind.Time, moment.UtcDateTime.ToBinary());
                break;
            case byte[] bytes:
                AddText(Convert.ToHexString(bytes));
                break;
            default:
                AddText(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }

    private void AddDouble(double value)
    {
        if (double.IsNaN(value))
        {
            AddMissing();
        }
        else
        {
            AddBits(Kind.Double, BitConverter.DoubleToInt64Bits(value));
        }
    }

    private void AddBits(Kind kind, long bits)
    {
        if (_kind == Kind.Unknown)
        {
            _kind = kind;
        }

        switch (_kind, kind)
        {
            case (Kind.Double, Kind.Long):
                bits = BitConverter.DoubleToInt64Bits(bits);
                break;
            case (Kind.Long, Kind.Double):
                for (int i = 0; i < _bits.Count; i++)
                {
                    _bits[i] = BitConverter.DoubleToInt64Bits(_bits[i]);
                }

                _kind = Kind.Double;
                break;
            case var (own, other) when own != other:
                AddText(TextOf(kind, bits));
                return;
        }

        _bits.Add(bits);
        _missing.Add(false);
    }

    private void AddText(string text)
    {
        if (_kind != Kind.Text)
        {
            for (int i = 0; i < _bits.Count; i++)
            {
                _texts.Add(_missing[i] ? null : TextOf(_kind, _bits[i]));
            }

            _bits.Clear();
            _kind = Kind.Text;
        }

        _texts.Add(text);
        _missing.Add(false);
    }

    private static string TextOf(Kind kind, long bits) => kind switch
    {
        Kind.Double => BitConverter.Int64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture),
        Kind.Bool => bits != 0 ? "true" : "false",
        Kind.Time => TimeText.Of(DateTime.FromBinary(bits), dateOnly: false),
        _ => bits.ToString(CultureInfo.InvariantCulture),
    };

    private T[] Values<T>(Converter<long, T> convert) => [.. _bits.ConvertAll(convert)];

    /// <summary>The texts as times; null if one of them is none.</summary>
    private DateTime[]? Times()
    {
        var times = new DateTime[_texts.Count];
        for (int i = 0; i < times.Length; i++)
        {
            if (_texts[i] is { } text && !ValueParser.TryTime(Encoding.UTF8.GetBytes(text), out times[i]))
            {
                return null;
            }
        }

        return times;
    }

    /// <summary>The kind of a column without any value.</summary>
    private Kind Announced() => Type.GetTypeCode(announced) switch
    {
        _ when SaysBool => Kind.Bool,
        _ when SaysTime => Kind.Time,
        TypeCode.Boolean => Kind.Bool,
        TypeCode.DateTime => Kind.Time,
        TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 => Kind.Long,
        TypeCode.String => Kind.Text,
        _ => Kind.Double,
    };
}
