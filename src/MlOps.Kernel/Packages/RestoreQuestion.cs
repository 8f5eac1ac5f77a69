using System.Security.Cryptography;
using System.Text;

namespace MlOps.Kernel.Packages;

/// <summary>Everything that decides which packages a restore chooses.</summary>
/// <param name="Packages">What the session asks for, in the order of the names.</param>
/// <param name="Sources">Sources beside those of the configuration.</param>
/// <param name="ConfigFolder">The notebook's folder, whose nuget.config counts.</param>
/// <param name="Framework">Such as net10.0.</param>
/// <param name="Platform">Such as linux-x64.</param>
internal sealed record RestoreQuestion(
    IReadOnlyList<PackageRequest> Packages,
    IReadOnlyList<string> Sources,
    string ConfigFolder,
    string Framework,
    string Platform)
{
    private static readonly string[] ConfigNames = ["nuget.config", "NuGet.config", "NuGet.Config"];

    internal bool Floats => Packages.Any(package => package.Floats);

    /// <summary>A name for the answer, equal for equal questions.</summary>
    internal string Key(string? packagesFolder)
    {
        StringBuilder text = new();
        text.AppendLine(Framework).AppendLine(Platform).AppendLine(packagesFolder ?? Environment.GetEnvironmentVariable("NUGET_PACKAGES"));
        foreach (PackageRequest package in Packages)
        {
            text.Append(package.Id.ToUpperInvariant()).Append(' ').AppendLine(package.Range);
        }

        foreach (string source in Sources)
        {
            text.AppendLine(source);
        }

        foreach (string config in Configurations())
        {
            text.AppendLine(config).AppendLine(File.ReadAllText(config));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }

    /// <summary>The files that NuGet reads its settings from: those above the notebook and the user's.</summary>
    private IEnumerable<string> Configurations()
    {
        for (DirectoryInfo? folder = new(ConfigFolder); folder is not null; folder = folder.Parent)
        {
            foreach (string file in InFolder(folder.FullName))
            {
                yield return file;
            }
        }

        string user = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "NuGet")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "NuGet");
        foreach (string file in InFolder(user))
        {
            yield return file;
        }
    }

    private static IEnumerable<string> InFolder(string folder) =>
        ConfigNames.Select(name => Path.Combine(folder, name)).Where(File.Exists).Take(1);
}
