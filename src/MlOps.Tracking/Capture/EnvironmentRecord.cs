using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using MlOps.Data;

namespace MlOps.Tracking.Capture;

/// <summary>What a run ran on: values by name, and the packages' versions.</summary>
/// <param name="Values">Such as <c>dotnet</c>; in the order of the file.</param>
/// <param name="Packages">Versions by name: what the program was built with, and what was loaded besides.</param>
internal sealed record EnvironmentRecord(IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Packages)
{
    internal const string ArtifactName = "environment.json";
    private const string PackagesKey = "packages";
    private static readonly Lazy<SortedDictionary<string, string>> s_built = new(Built);

    internal static EnvironmentRecord Now()
    {
        var packages = new SortedDictionary<string, string>(s_built.Value, StringComparer.Ordinal);
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";
        string shared = Path.GetDirectoryName(Path.GetDirectoryName(runtime)) ?? runtime; // the versions of the shared frameworks are the runtime's
        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (!assembly.IsDynamic && assembly.Location.Length > 0 && !assembly.Location.StartsWith(shared, StringComparison.Ordinal) && assembly.GetName() is { Name: { } name })
            {
                packages.TryAdd(name, assembly.GetName().Version?.ToString() ?? "");
            }
        }

        return new EnvironmentRecord(
            new Dictionary<string, string>
            {
                ["dotnet"] = Environment.Version.ToString(),
                ["os"] = RuntimeInformation.OSDescription,
                ["runtime_identifier"] = RuntimeInformation.RuntimeIdentifier,
                ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
                ["cpu"] = Processor.Current().Name,
                ["processors"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
                ["memory_megabytes"] = (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 20)).ToString(CultureInfo.InvariantCulture),
                ["culture"] = CultureInfo.CurrentCulture.Name,
            },
            packages);
    }

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    internal static EnvironmentRecord Parse(Stream json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"{ArtifactName} is no object.");
        }

        var values = new Dictionary<string, string>();
        var packages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String)
            {
                values[property.Name] = property.Value.GetString()!;
            }
            else if (property is { Name: PackagesKey, Value.ValueKind: JsonValueKind.Object })
            {
                foreach (JsonProperty package in property.Value.EnumerateObject())
                {
                    packages[package.Name] = package.Value.ToString();
                }
            }
        }

        return new EnvironmentRecord(values, packages);
    }

    internal string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach ((string name, string value) in Values)
            {
                json.WriteString(name, value);
            }

            json.WriteStartObject(PackagesKey);
            foreach ((string name, string version) in Packages)
            {
                json.WriteString(name, version);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The libraries in the program's <c>.deps.json</c>.</summary>
    private static SortedDictionary<string, string> Built()
    {
        var packages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string files = AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string ?? "";
        if (files.Split(';', StringSplitOptions.RemoveEmptyEntries) is not [var first, ..] || !File.Exists(first))
        {
            return packages; // a program in a single file has none
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(first));
        if (document.RootElement.TryGetProperty("libraries", out JsonElement libraries))
        {
            foreach (JsonProperty library in libraries.EnumerateObject())
            {
                if (library.Name.Split('/') is [var name, var version])
                {
                    packages[name] = version;
                }
            }
        }

        return packages;
    }
}
