namespace MlOps.Charts.Model;

/// <summary>Collects what has to fit on one axis. Not thread-safe.</summary>
internal sealed class DomainBuilder(string name)
{
    // Differences below this lose their digits to underflow.
    private const double Smallest = 1e-290;

    private readonly List<string> _categories = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<Values> _values = [];
    private readonly List<double> _numbers = [];
    private bool _forced;
    private bool _reversed;
    private bool _zero;
    private bool _tight;
    private bool _amounts;

    /// <summary>Places, which become categories where another trace needs them.</summary>
    internal void Add(Values values) => _values.Add(values);

    /// <summary>Measured values: never categories.</summary>
    internal void AddAmounts(ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            Add(number);
        }
    }

    /// <summary>A measured value that has to be inside; NaN has no place.</summary>
    internal void Add(double number)
    {
        _amounts = true;
        AddMark(number);
    }

    /// <summary>A line, band or note of the user's that has to be inside.</summary>
    internal void AddMark(double number)
    {
        if (!double.IsNaN(number))
        {
            _numbers.Add(number);
        }
    }

    internal void AddCategories(string[] names, bool reversed)
    {
        (_forced, _reversed) = (true, _reversed || reversed);
        Remember(names);
    }

    internal void IncludeZero() => _zero = true;

    /// <summary>Ends the axis where the data end.</summary>
    internal void Tighten() => _tight = true;

    /// <exception cref="ArgumentException">Numbers, dates and categories would share the axis, or its limits are impossible.</exception>
    internal AxisDomain Build(Axis axis)
    {
        ValueKind kind = Kind();
        if (kind == ValueKind.Text)
        {
            foreach (Values values in _values)
            {
                Remember(Inputs.Names(values));
            }

            return new AxisDomain(kind, false, -0.5, _categories.Count - 0.5, [.. _categories], _reversed);
        }

        foreach (Values values in _values)
        {
            foreach (double number in values.Numbers)
            {
                AddMark(number);
            }
        }

        return axis.Log && kind == ValueKind.Number ? Logarithmic(axis) : Linear(axis, kind);
    }

    private ValueKind Kind()
    {
        if (_forced)
        {
            return !_amounts ? ValueKind.Text : throw new ArgumentException(
                $"The {name} axis would mix categories and amounts: figures on one axis need the same kind of {name}.", name);
        }

        ValueKind kind = _values.Count > 0 ? _values[0].Kind : ValueKind.Number;
        Values? other = _values.Find(v => v.Kind != kind);
        return other is null ? kind : throw new ArgumentException(
            $"The {name} axis would mix {Values.Name(kind)} and {Values.Name(other.Kind)}; figures on one axis need the same kind of {name}.", name);
    }

    private void Remember(string[] names)
    {
        foreach (string category in names)
        {
            if (_known.Add(category))
            {
                _categories.Add(category);
            }
        }
    }

    private AxisDomain Linear(Axis axis, ValueKind kind)
    {
        if (_zero)
        {
            _numbers.Add(0);
        }

        (double, double) extent = (_numbers.Min(), _numbers.Max());
        (double low, double high) = Widen(_numbers.Min(), _numbers.Max(), kind == ValueKind.Date ? Dates.Day : 0);
        double pad = _tight ? 0 : (high - low) * (_zero ? 0.1 : _amounts ? 0.06 : 0.03);
        double paddedLow = _zero && low == 0 ? 0 : low >= 0 && kind == ValueKind.Number ? Math.Max(0, low - pad) : low - pad;
        double paddedHigh = _zero && high == 0 ? 0 : high + pad;
        return Limited(axis, new AxisDomain(kind, false, paddedLow, paddedHigh, [], false) { Extent = extent }, axis.Min, axis.Max);
    }

    private AxisDomain Logarithmic(Axis axis)
    {
        if (_zero)
        {
            throw new ArgumentException($"The {name} axis cannot be logarithmic: bars and areas start at zero, which has no logarithm. Use a line or points.", name);
        }

        double[] logs = [.. _numbers.Where(v => v > 0).Select(Math.Log10)];
        if (logs.Length == 0)
        {
            throw new ArgumentException($"The {name} axis cannot be logarithmic: no value is > 0.", name);
        }

        (double low, double high) = Widen(logs.Min(), logs.Max(), 1);
        double pad = (high - low) * 0.04;
        var domain = new AxisDomain(ValueKind.Number, true, low - pad, high + pad, [], false) { Extent = (Math.Pow(10, logs.Min()), Math.Pow(10, logs.Max())) };
        return Limited(axis, domain, Logarithm(axis.Min), Logarithm(axis.Max));
    }

    private double? Logarithm(double? limit) => limit switch
    {
        null => null,
        > 0 => Math.Log10(limit.Value),
        _ => throw new ArgumentException($"The limits of a logarithmic {name} axis must be > 0; got {NumberText.Short(limit.Value)}.", name),
    };

    private AxisDomain Limited(Axis axis, AxisDomain domain, double? min, double? max)
    {
        AxisDomain limited = domain with { Low = min ?? domain.Low, High = max ?? domain.High };
        return limited.Low < limited.High ? limited : throw new ArgumentException(
            $"The {name} axis needs min < max; got {NumberText.Short(axis.Min ?? domain.Low)} and {NumberText.Short(axis.Max ?? domain.High)}.", name);
    }

    /// <summary>A single value still gets an axis with two ends.</summary>
    private static (double Low, double High) Widen(double low, double high, double least)
    {
        // Compare relative to the size: 1e12 and its neighbour are one place on paper.
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low > Math.Max(size * 1e-12, Smallest))
        {
            return (low, high);
        }

        double half = least > 0 ? least : size > Smallest ? size * 0.1 : 1;
        return (low - half, high + half);
    }
}
