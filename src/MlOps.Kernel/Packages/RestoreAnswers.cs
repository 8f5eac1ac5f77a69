using System.Text.Json;

namespace MlOps.Kernel.Packages;

/// <summary>The answers to earlier questions, kept in files that all sessions of a user share.</summary>
internal sealed class RestoreAnswers(PackageOptions options)
{
    /// <summary>An answer that still holds: all its files are there, and "the newest version" was asked for not long ago.</summary>
    internal PackageAssets? Find(RestoreQuestion question) =>
        question.Floats && DateTime.UtcNow - File.GetLastWriteTimeUtc(PathOf(question)) > options.FloatingLife ? null : FindOld(question);

    /// <summary>As <see cref="Find"/>, of any age.</summary>
    internal PackageAssets? FindOld(RestoreQuestion question)
    {
        string path = PathOf(question);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            PackageAssets assets = PackageAssets.Read(File.ReadAllText(path), question.Framework, question.Platform);
            return assets.Packages.Count > 0 && assets.Packages.All(package => package.FilesExist) ? assets : null;
        }
        catch (JsonException)
        {
            return null; // written by another version of the SDK, or damaged: asked for again and replaced
        }
    }

    internal void Keep(RestoreQuestion question, string assets)
    {
        try
        {
            Directory.CreateDirectory(options.CacheFolder);
            string draft = Path.Combine(options.CacheFolder, Path.GetRandomFileName());
            File.WriteAllText(draft, assets);
            File.Move(draft, PathOf(question), overwrite: true); // at once: another session may be reading
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No room or no right to keep it: the packages are there, and the next session asks again.
        }
    }

    private string PathOf(RestoreQuestion question) => Path.Combine(options.CacheFolder, question.Key(options.PackagesFolder) + ".json");
}
