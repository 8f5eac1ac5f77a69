namespace MlOps.Tracking.Sql;

/// <summary>Doubles as whole numbers that sort alike, so that every double keeps its bits and its place in an index of either database.</summary>
/// <remarks>
/// SQLite turns NaN into NULL and may drop the sign of −0.0; PostgreSQL sorts NaN last. Here NaN is the least of all, then −∞, the negative numbers, −0.0, 0.0,
/// the positive numbers, +∞. The order of IEEE 754 bits is that of the numbers once those of negative ones are turned round.
/// </remarks>
internal static class OrderedDouble
{
    internal const long NaN = long.MinValue;

    internal static readonly long NegativeZero = Of(-0.0);

    internal static readonly long Zero = Of(0.0);

    internal static long Of(double value) => double.IsNaN(value) ? NaN : Turned(BitConverter.DoubleToInt64Bits(value));

    internal static double ToDouble(long place) => place == NaN ? double.NaN : BitConverter.Int64BitsToDouble(Turned(place));

    private static long Turned(long bits) => bits < 0 ? bits ^ long.MaxValue : bits; // −∞ becomes −0x7FF0…01 − 1, far above long.MinValue
}
