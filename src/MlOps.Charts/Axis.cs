namespace MlOps.Charts;

/// <summary>How one axis is named and what range it shows.</summary>
/// <param name="Title">The quantity, for example <c>income</c>; empty for none.</param>
/// <param name="Unit">Its unit, shown in brackets after the title; empty for none.</param>
/// <param name="Min">The lower end; null lets the data decide.</param>
/// <param name="Max">The upper end; null lets the data decide.</param>
/// <param name="Log">Logarithmic, base 10. Values ≤ 0 cannot be shown on it and become gaps.</param>
public sealed record Axis(string Title = "", string Unit = "", double? Min = null, double? Max = null, bool Log = false)
{
    /// <summary>Gets the title with its unit, as the chart shows it.</summary>
    public string Caption => Unit.Length == 0 ? Title : Title.Length == 0 ? Unit : $"{Title} ({Unit})";
}
