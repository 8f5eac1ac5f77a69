using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOps.Quantization.Benchmarking;

/// <summary>Reads and writes budgets as people say them.</summary>
internal static partial class BudgetText
{
    private const string Understood = "sizes (2 MB, 512 KiB, 64 MB memory), times (5 ms), losses (1 point) and operations (10 MMAC) are understood";

    private static readonly Dictionary<string, double> s_bytes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["B"] = 1, ["byte"] = 1, ["bytes"] = 1, ["kB"] = 1e3, ["MB"] = 1e6, ["GB"] = 1e9, ["KiB"] = 1024, ["MiB"] = 1024 * 1024, ["GiB"] = 1024.0 * 1024 * 1024,
    };

    private static readonly Dictionary<string, double> s_milliseconds = new(StringComparer.OrdinalIgnoreCase) { ["µs"] = 1e-3, ["μs"] = 1e-3, ["us"] = 1e-3, ["ms"] = 1, ["s"] = 1e3 };

    private static readonly Dictionary<string, double> s_macs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MAC"] = 1, ["MACs"] = 1, ["kMAC"] = 1e3, ["kMACs"] = 1e3, ["MMAC"] = 1e6, ["MMACs"] = 1e6, ["GMAC"] = 1e9, ["GMACs"] = 1e9,
    };

    private static readonly string[] s_points = ["point", "points", "pp", "%", "percentage point", "percentage points"];

    internal static Budget Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var budget = new Budget();
        foreach (string part in text.Split([',', ';'], StringSplitOptions.TrimEntries))
        {
            budget = With(budget, part);
        }

        return budget;
    }

    /// <summary>Reads a size alone, as <c>512 MB</c> or <c>512MiB</c>.</summary>
    /// <exception cref="FormatException">It is no size.</exception>
    internal static long Size(string text) =>
        Limit().Match(text.Trim()) is { Success: true } match && s_bytes.TryGetValue(match.Groups["unit"].Value, out double factor) && Number(match) is > 0 and double number
            ? checked((long)Math.Round(number * factor))
            : throw new FormatException($"'{text}' is no size; 512 MB or 64 KiB is one.");

    internal static string Write(Budget budget)
    {
        string?[] parts =
        [
            budget.MaxBytes is { } bytes ? TableText.Bytes(bytes) : null,
            budget.MaxLatencyMilliseconds is { } time ? TableText.Milliseconds(time) + " ms" : null,
            budget.MaxLossPoints is { } loss ? Points(loss) : null,
            budget.MaxMemoryBytes is { } memory ? TableText.Bytes(memory) + " memory" : null,
            budget.MaxMacs is { } macs ? TableText.Count(macs) + "MAC" : null,
        ];
        return parts.All(part => part is null) ? "no limit" : string.Join(", ", parts.OfType<string>().Select(part => "≤ " + part));
    }

    internal static string Points(double points) => string.Create(CultureInfo.InvariantCulture, $"{points:0.##} point{(points == 1 ? "" : "s")}");

    private static Budget With(Budget budget, string part)
    {
        Match match = Limit().Match(part);
        if (!match.Success || Number(match) is not { } number)
        {
            throw new FormatException($"'{part}' is no limit; {Understood}.");
        }

        string unit = match.Groups["unit"].Value;
        if (s_points.Contains(unit, StringComparer.OrdinalIgnoreCase))
        {
            return budget.MaxLossPoints is null ? budget with { MaxLossPoints = number } : throw Twice(part);
        }

        if (number <= 0)
        {
            throw new FormatException($"'{part}': no model takes nothing; a limit is above 0.");
        }

        if (s_bytes.TryGetValue(unit, out double bytes))
        {
            long limit = checked((long)Math.Round(number * bytes));
            return match.Groups["what"].Success
                ? budget.MaxMemoryBytes is null ? budget with { MaxMemoryBytes = limit } : throw Twice(part)
                : budget.MaxBytes is null ? budget with { MaxBytes = limit } : throw Twice(part);
        }

        if (s_milliseconds.TryGetValue(unit, out double milliseconds))
        {
            return budget.MaxLatencyMilliseconds is null ? budget with { MaxLatencyMilliseconds = number * milliseconds } : throw Twice(part);
        }

        if (s_macs.TryGetValue(unit, out double macs))
        {
            return budget.MaxMacs is null ? budget with { MaxMacs = checked((long)Math.Round(number * macs)) } : throw Twice(part);
        }

        throw new FormatException($"'{part}': the unit '{unit}' is not known; {Understood}.");
    }

    private static FormatException Twice(string part) => new($"'{part}': this is limited twice.");

    private static double? Number(Match match) =>
        double.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) && number < 1e15 ? number : null;

    [GeneratedRegex(@"^(?:≤|<=|<|at most|under|max)?\s*(?<number>\d+(?:\.\d+)?(?:e\d+)?|\.\d+)\s*(?<unit>%|[a-zµμ]+(?: points?)?)(?:\s+(?<what>memory|RAM))?(?:\s+(?:on disk|size|loss|lost))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Limit();
}
