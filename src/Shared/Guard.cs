using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlOps;

/// <summary>Argument checks that the base class library lacks. Each returns the value it has checked.</summary>
internal static class Guard
{
    internal static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) ? value : throw Outside(value, "a finite number", name);

    internal static double NonNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value >= 0 ? value : throw Outside(value, "a finite number ≥ 0", name);

    internal static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value > 0 ? value : throw Outside(value, "a finite number > 0", name);

    internal static T AtLeast<T>(T value, T minimum, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : INumber<T> =>
        value >= minimum ? value : throw Outside(value, FormattableString.Invariant($"at least {minimum}"), name);

    /// <summary>A share or probability: 0 ≤ value ≤ 1.</summary>
    internal static double Share(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and <= 1 ? value : throw Outside(value, "a share between 0 and 1", name);

    private static ArgumentOutOfRangeException Outside<T>(T value, string expected, string? name)
        where T : INumber<T> =>
        new(name, FormattableString.Invariant($"{name} must be {expected}; got {value}."));
}
