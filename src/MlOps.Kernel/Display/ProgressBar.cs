using System.Globalization;
using System.Net;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Display;

/// <summary>A bar that moves in place as work goes on. Thread-safe.</summary>
/// <remarks>
/// At most ten updates a second are shown; the last state always is, when the bar is full, disposed of, or its cell ends. The bar
/// tells no times, so that a notebook run twice stores the same bytes.
/// </remarks>
public sealed class ProgressBar : IProgress<double>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly string _label;
    private readonly double _total;
    private readonly TimeProvider _time;
    private readonly DisplayedValue _display;
    private long _lastShown;
    private double _shownValue;

    internal ProgressBar(string label, double total, TimeProvider? time = null)
    {
        _label = label;
        _total = Guard.Positive(total);
        _time = time ?? TimeProvider.System;
        _lastShown = _time.GetTimestamp();
        _display = DisplayedValue.Show(Bundle());
        CellContext.Current?.Endings.Add(Dispose);
    }

    /// <summary>Gets how far the work has come, in [0, total].</summary>
    public double Value { get; private set; }

    /// <summary>Moves the bar to a value. Values outside [0, total] are brought to the nearer end; NaN is ignored.</summary>
    /// <param name="value">In the unit of the total.</param>
    public void Report(double value)
    {
        lock (_gate)
        {
            if (double.IsNaN(value))
            {
                return;
            }

            Value = Math.Clamp(value, 0, _total);
            if (Value >= _total || _time.GetElapsedTime(_lastShown) >= Interval)
            {
                Show();
            }
        }
    }

    /// <summary>Moves the bar on.</summary>
    /// <param name="by">How much, in the unit of the total.</param>
    public void Advance(double by = 1)
    {
        lock (_gate)
        {
            Report(Value + by);
        }
    }

    /// <summary>Shows the last state.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Show();
        }
    }

    private void Show()
    {
        if (Value == _shownValue)
        {
            return;
        }

        (_shownValue, _lastShown) = (Value, _time.GetTimestamp());
        _display.Replace(Bundle());
    }

    private IReadOnlyDictionary<string, string> Bundle()
    {
        double share = Value / _total;
        string percent = string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100):0} %");
        string count = _total == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Value:0.##} of {_total:0.##})");
        int blocks = (int)(share * 20);
        string plain = $"{_label} {new string('█', blocks)}{new string('░', 20 - blocks)} {percent}{count}";
        string width = string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}%");
        string html =
            $"<div style=\"display:flex;align-items:center;gap:.6em;max-width:40em\" role=\"progressbar\" aria-valuemin=\"0\" aria-valuemax=\"100\" aria-valuenow=\"{Math.Floor(share * 100):0}\">"
            + $"<span>{WebUtility.HtmlEncode(_label)}</span>"
            + "<span style=\"flex:1;height:.7em;border:1px solid rgba(128,128,128,.6);border-radius:.35em;overflow:hidden\">"
            + $"<span style=\"display:block;height:100%;width:{width};background:#0072b2\"></span></span>"
            + $"<span>{percent}{count}</span></div>";
        return MimeBundles.Pair(MimeBundles.Html, html, plain);
    }
}
