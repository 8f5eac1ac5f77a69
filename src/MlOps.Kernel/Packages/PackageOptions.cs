namespace MlOps.Kernel.Packages;

/// <summary>Where packages come from and go to on this machine.</summary>
internal sealed record PackageOptions
{
    /// <summary>Gets the folder for the results of earlier restores.</summary>
    internal string CacheFolder { get; init; } = Path.Combine(UserFolder(), "mlops-course", "packages");

    /// <summary>Gets the folder that packages are unpacked into; null for NuGet's own choice.</summary>
    internal string? PackagesFolder { get; init; }

    /// <summary>Gets folders that may hold a .NET SDK; null to look where this machine has one.</summary>
    internal IReadOnlyList<string>? SdkRoots { get; init; }

    /// <summary>Gets how long a restore may take. NuGet gives up by itself earlier; this is for what does not.</summary>
    internal TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets for how long the answer to "the newest version" is used again.</summary>
    internal TimeSpan FloatingLife { get; init; } = TimeSpan.FromDays(1);

    private static string UserFolder()
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0 ? data : Path.GetTempPath(); // an account without a home
    }
}
