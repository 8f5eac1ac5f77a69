using System.Globalization;

namespace MlOps.Data;

/// <summary>A graphics processor, as NVIDIA's driver lists it.</summary>
/// <param name="Name">Such as <c>NVIDIA L4</c>.</param>
/// <param name="MemoryBytes">Its own memory, in bytes; 0 if the driver does not say.</param>
/// <param name="Driver">Version of the driver.</param>
public sealed record Gpu(string Name, long MemoryBytes, string Driver)
{
    /// <summary>Lists those of this machine; empty without NVIDIA's driver. Other makers' are not seen.</summary>
    public static IReadOnlyList<Gpu> All() => Parse(NvidiaSmi.Query("name,memory.total,driver_version") ?? "");

    /// <summary>Returns it as one line.</summary>
    public override string ToString() => $"{Name}, {(MemoryBytes == 0 ? "" : FormattableString.Invariant($"{MemoryBytes / 1e9:0.0} GB, "))}driver {Driver}";

    /// <summary>Reads a line a device: name, mebibytes, driver.</summary>
    internal static Gpu[] Parse(string lines) =>
    [
        .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(',', StringSplitOptions.TrimEntries))
            .Where(fields => fields.Length == 3)
            .Select(fields => new Gpu(fields[0], double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double mebibytes) ? (long)mebibytes << 20 : 0, fields[2])),
    ];
}
