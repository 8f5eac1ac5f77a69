using System.CommandLine;
using MlOps.Tracking.Stores;

namespace MlOps.Cli;

/// <summary>The option that names the tracking store.</summary>
internal static class StoreOption
{
    private const string Sqlite = "sqlite:///";
    private const string Files = "file:";

    internal static Option<string?> Create() => new("--store")
    {
        Description = $"Where the runs are: sqlite:///FILE, file:FOLDER, postgresql://USER@HOST/DATABASE or http://HOST:PORT. {TrackingStore.AddressVariable} if not given, else {TrackingStore.DefaultAddress}.",
        HelpName = "URI",
    };

    /// <summary>Opens a store that is there. One that is not is no store to make here: most likely the folder or the name is wrong.</summary>
    internal static ITrackingStore Open(string? address)
    {
        address ??= Environment.GetEnvironmentVariable(TrackingStore.AddressVariable) is { Length: > 0 } told ? told : TrackingStore.DefaultAddress;
        bool missing = address.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase) ? !File.Exists(address[Sqlite.Length..].Split('?')[0])
            : address.StartsWith(Files, StringComparison.OrdinalIgnoreCase) ? !Directory.Exists(FolderOf(address))
            : !address.Contains("://", StringComparison.Ordinal) && !Directory.Exists(address);
        return missing
            ? throw new FileNotFoundException($"There is no store '{address}'. Name one with --store or {TrackingStore.AddressVariable}; './mlops runs --help' has examples.")
            : TrackingStore.Open(address);
    }

    private static string FolderOf(string address) =>
        address.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? new Uri(address).LocalPath : Uri.UnescapeDataString(address[Files.Length..]);
}
