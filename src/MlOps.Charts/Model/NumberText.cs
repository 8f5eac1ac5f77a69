namespace MlOps.Charts.Model;

/// <summary>Numbers as text: for readers (short) and for files (stable to the seventh digit).</summary>
internal static class NumberText
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Four significant digits, thousands separated; powers of ten where that would be long.</summary>
    internal static string Short(double value)
    {
        double size = Math.Abs(value);
        return size switch
        {
            _ when double.IsNaN(value) => "missing",
            0 => "0",
            >= 1e9 or < 1e-4 => Power(value),
            >= 1000 => Minus(Math.Round(value).ToString("#,0", CultureInfo.InvariantCulture)),
            _ => Minus(Significant(value, 4).ToString("0.########", CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>With a sign, also for a rise: +3.2.</summary>
    internal static string Signed(double value) => value > 0 ? "+" + Short(value) : Short(value);

    /// <summary>A tick label: as many decimals as the step between ticks needs.</summary>
    internal static string Tick(double value, double step)
    {
        if (Math.Abs(value) < step / 1e6)
        {
            return "0";
        }

        double size = Math.Abs(value);
        if (size >= 1e9 || (size < 1e-3 && step < 1e-3))
        {
            return Power(value);
        }

        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 10);
        string format = decimals == 0 ? "#,0" : "#,0." + new string('0', decimals);
        string text = value.ToString(format, CultureInfo.InvariantCulture);

        // Steps such as 0.25 need one decimal more than their magnitude says.
        if (Math.Abs(Math.Round(value, decimals) - value) > step / 1000 && decimals < 10)
        {
            text = value.ToString(format.Contains('.', StringComparison.Ordinal) ? format + "0" : format + ".0", CultureInfo.InvariantCulture);
        }

        return Minus(text);
    }

    /// <summary>Seven significant digits: equal on every machine although the last bits are not.</summary>
    internal static string Stable(double value) =>
        value == 0 ? "0" : value.ToString("G7", CultureInfo.InvariantCulture);

    private static double Significant(double value, int digits)
    {
        int magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1;
        return Math.Round(value, Math.Clamp(digits - magnitude, 0, 15));
    }

    private static string Power(double value)
    {
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        double mantissa = Math.Round(value / Math.Pow(10, exponent), 3);
        if (Math.Abs(mantissa) >= 10)
        {
            (mantissa, exponent) = (mantissa / 10, exponent + 1);
        }

        string power = string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : Superscripts[c - '0']));
        string factor = Minus(mantissa.ToString("0.###", CultureInfo.InvariantCulture));
        return factor == "1" ? $"10{power}" : $"{factor}×10{power}";
    }

    private static string Minus(string text) => text.Replace('-', '−');
}
