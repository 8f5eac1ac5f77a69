using System.Globalization;
using System.Numerics;

namespace MlOps.Grading.Host.Values;

/// <summary>Reads numbers, times, names and the like: everything that is one value. The other half of what <see cref="ValueWriter"/> writes as such.</summary>
internal static class PrimitiveReader
{
    /// <summary>The value; null if the type is none of these.</summary>
    internal static object? Read(JsonInput json, Type type)
    {
        if (type.IsEnum)
        {
            return Enum.Parse(type, json.GetString());
        }

        switch (Type.GetTypeCode(type))
        {
            case TypeCode.Int64:
                return json.GetInt64();
            case TypeCode.Single:
                return json.GetSingle();
            case TypeCode.Decimal:
                return json.GetDecimal();
            case TypeCode.Byte:
                return checked((byte)json.GetInt64());
            case TypeCode.SByte:
                return checked((sbyte)json.GetInt64());
            case TypeCode.Int16:
                return checked((short)json.GetInt64());
            case TypeCode.UInt16:
                return checked((ushort)json.GetInt64());
            case TypeCode.UInt32:
                return checked((uint)json.GetInt64());
            case TypeCode.UInt64:
                return json.GetUInt64();
            case TypeCode.Char:
                return json.Token == JsonToken.Number ? (char)checked((ushort)json.GetInt64()) : json.GetString() is [char unit] ? unit : throw new FormatException();
            case TypeCode.DateTime:
                long[] parts = Pair(json);
                return new DateTime(parts[0], (DateTimeKind)parts[1]);
            default:
                return ReadRare(json, type);
        }
    }

    private static object? ReadRare(JsonInput json, Type type)
    {
        if (!type.IsValueType || type.IsGenericType)
        {
            return null;
        }

        if (type == typeof(TimeSpan))
        {
            return new TimeSpan(json.GetInt64());
        }

        if (type == typeof(DateTimeOffset))
        {
            long[] parts = Pair(json);
            return new DateTimeOffset(parts[0], new TimeSpan(parts[1]));
        }

        if (type == typeof(DateOnly))
        {
            return DateOnly.FromDayNumber(json.GetInt32());
        }

        if (type == typeof(TimeOnly))
        {
            return new TimeOnly(json.GetInt64());
        }

        if (type == typeof(Guid))
        {
            return Guid.Parse(json.GetString(), CultureInfo.InvariantCulture);
        }

        if (type == typeof(Half))
        {
            return (Half)json.GetDouble();
        }

        if (type == typeof(Int128))
        {
            return Int128.Parse(json.GetString(), CultureInfo.InvariantCulture);
        }

        if (type == typeof(UInt128))
        {
            return UInt128.Parse(json.GetString(), CultureInfo.InvariantCulture);
        }

        return IsBigInteger(type) ? ReadBigInteger(json) : null;
    }

    /// <summary>By name, and its reading apart: asking for the type would load its library.</summary>
    private static bool IsBigInteger(Type type) => type.Name == nameof(BigInteger) && type.Namespace == "System.Numerics";

    private static object ReadBigInteger(JsonInput json) => BigInteger.Parse(json.GetString(), CultureInfo.InvariantCulture);

    private static long[] Pair(JsonInput json) => ValueReader.ReadArray(json, static number => number.GetInt64()) is { Length: 2 } pair ? pair : throw new FormatException();
}
