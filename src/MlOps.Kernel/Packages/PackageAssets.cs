using System.Text.Json;

namespace MlOps.Kernel.Packages;

/// <summary>Something that NuGet says about a restore.</summary>
internal sealed record RestoreMessage(string Code, bool IsError, string Text, string? PackageId);

/// <summary>What the SDK wrote to <c>project.assets.json</c>: the packages chosen, and what it had to say.</summary>
internal sealed record PackageAssets(IReadOnlyList<ResolvedPackage> Packages, IReadOnlyList<RestoreMessage> Messages)
{
    /// <summary>Gets what the reader of the notebook should know.</summary>
    internal IEnumerable<string> Notes => Messages
        .Where(message => message.Code == "NU1701")
        .Select(message => $"{message.PackageId} was made for the old .NET Framework and may not work here (NU1701).");

    /// <summary>Reads the file for one framework and platform, such as net10.0 and linux-x64.</summary>
    /// <exception cref="JsonException">The text is not an assets file.</exception>
    internal static PackageAssets Read(string json, string framework, string platform)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            List<RestoreMessage> messages = [.. Items(root, "logs").Select(Message)];
            if (messages.Any(message => message.IsError) || !root.GetProperty("targets").TryGetProperty($"{framework}/{platform}", out JsonElement chosen))
            {
                return new PackageAssets([], messages);
            }

            JsonElement neutral = root.GetProperty("targets").GetProperty(framework);
            JsonElement libraries = root.GetProperty("libraries");
            string[] folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
            return new PackageAssets([.. chosen.EnumerateObject().Select(library => Package(library, neutral, libraries, folders))], messages);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new JsonException($"This is not an assets file: {exception.Message}", exception);
        }
    }

    private static ResolvedPackage Package(JsonProperty library, JsonElement neutral, JsonElement libraries, string[] folders)
    {
        string relative = libraries.GetProperty(library.Name).GetProperty("path").GetString()!;
        string folder = folders.Select(root => Path.Combine(root, relative)).FirstOrDefault(Directory.Exists) ?? Path.Combine(folders[0], relative);
        int slash = library.Name.IndexOf('/', StringComparison.Ordinal);
        return new ResolvedPackage(
            library.Name[..slash],
            library.Name[(slash + 1)..],
            Files("compile"),
            Files("runtime"),
            Files("native"),
            neutral.TryGetProperty(library.Name, out JsonElement everywhere)
                ? [.. Members(everywhere, "runtimeTargets")
                    .Where(file => file.Value.GetProperty("assetType").GetString() == "native")
                    .Select(file => (file.Value.GetProperty("rid").GetString()!, Path.GetFileName(file.Name)))]
                : []);

        string Full(string path) => Path.GetFullPath(path, folder);

        IReadOnlyList<string> Files(string kind) =>
            [.. Members(library.Value, kind).Select(file => file.Name).Where(name => Path.GetFileName(name) != "_._").Select(Full)]; // _._ says: nothing on purpose
    }

    private static RestoreMessage Message(JsonElement log) => new(
        log.GetProperty("code").GetString()!,
        log.GetProperty("level").GetString() == "Error",
        log.GetProperty("message").GetString()!,
        log.TryGetProperty("libraryId", out JsonElement id) ? id.GetString() : null);

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement child) ? child.EnumerateArray() : [];

    private static IEnumerable<JsonProperty> Members(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement child) ? child.EnumerateObject() : [];
}
