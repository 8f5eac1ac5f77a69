using System.Globalization;
using System.Runtime.CompilerServices;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Streaming;

/// <summary>What every detector of this library shares: the count, the two flags, the start after a detection, and saving.</summary>
/// <remarks>Not thread-safe. Write a detector of your own against <see cref="IDriftDetector"/>.</remarks>
public abstract class DriftDetector : IDriftDetector
{
    private long _count;
    private bool _drift;
    private bool _warning;

    private protected DriftDetector()
    {
    }

    /// <summary>Gets the detector's name in saved states, such as <c>page-hinkley</c>.</summary>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public long Count => _count;

    /// <inheritdoc/>
    public bool DriftDetected
    {
        get => _drift;
        private protected set => _drift = value;
    }

    /// <inheritdoc/>
    public bool WarningDetected
    {
        get => _warning;
        private protected set => _warning = value;
    }

    /// <summary>Gets the number that the detector follows, after the last value; NaN while there is none yet.</summary>
    public abstract double Statistic { get; }

    /// <summary>Gets the level at which <see cref="Statistic"/> would now be a drift; NaN while there is none, or where the detector has none.</summary>
    public abstract double Limit { get; }

    /// <summary>Gets what <see cref="Statistic"/> is, in a few words, for a chart.</summary>
    public abstract string StatisticName { get; }

    /// <summary>Gets the parameters by name in the order of the constructor: numbers, true/false, names.</summary>
    internal abstract (string Name, IConvertible Value)[] Parameters { get; }

    /// <inheritdoc/>
    public abstract bool Update(double value);

    /// <inheritdoc/>
    public void Reset()
    {
        _count = 0;
        _drift = false;
        _warning = false;
        Forget();
    }

    /// <inheritdoc/>
    public string ToJson() => SavedDetector.Write(this);

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns parameters and state in a line.</summary>
    public override string ToString()
    {
        string parameters = string.Join(", ", Parameters.Select(p => $"{p.Name} {p.Value.ToString(CultureInfo.InvariantCulture)}"));
        string finding = DriftDetected ? "drift" : WarningDetected ? "warning" : "no drift";
        string statistic = double.IsNaN(Statistic)
            ? ""
            : double.IsNaN(Limit)
                ? string.Create(CultureInfo.InvariantCulture, $", {StatisticName} {Statistic:G5}")
                : string.Create(CultureInfo.InvariantCulture, $", {StatisticName} {Statistic:G5} (limit {Limit:G5})");
        return string.Create(CultureInfo.InvariantCulture, $"{Name} ({parameters}): {Count} values, {finding}{statistic}");
    }

    /// <summary>Reads or writes everything that changes with the values; <paramref name="state"/> says which.</summary>
    internal virtual void Exchange(DetectorState state)
    {
        state.Whole("count", ref _count);
        state.Flag("drift", ref _drift);
        state.Flag("warning", ref _warning);
    }

    /// <summary>Sets the detector's own state to that before the first value.</summary>
    private protected abstract void Forget();

    /// <summary>First thing in an update, with a value that has been checked: starts afresh after a detection, and counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Begin()
    {
        if (_drift)
        {
            Reset();
        }

        _count++;
    }

    /// <summary>Refuses a value other than 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static double Bit(double value) => value is 0 or 1 ? value : throw NoBit(value);

    /// <summary>Refuses a name that the enumeration lacks.</summary>
    private protected static T Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}.");

    /// <summary>Refuses a share that is 0 or 1.</summary>
    private protected static double InnerShare(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between 0 and 1, both excluded.");

    private static ArgumentOutOfRangeException NoBit(double value) =>
        new(nameof(value), value, FormattableString.Invariant($"value must be 0 (right) or 1 (wrong); got {value}."));
}
