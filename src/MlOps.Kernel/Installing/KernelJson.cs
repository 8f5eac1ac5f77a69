using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Kernel.Installing;

/// <summary>The <c>kernel.json</c> that tells a front end how to start the kernel.</summary>
internal static class KernelJson
{
    internal const string FileName = "kernel.json";

    /// <summary>Lies in the metadata of every kernel.json written here; a folder without it is somebody else's.</summary>
    private const string Marker = "mlops_course";

    // For people to read: only what JSON must escape is escaped.
    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text where a script can be started, which knows the rest.</summary>
    internal static string ForScript(string script) => Text([script], environment: null);

    /// <summary>The text for Windows: editors there do not start scripts, so the command is started and the environment says the rest.</summary>
    internal static string ForWindows(string course, string dotnet)
    {
        var environment = new JsonObject { ["MLOPS_ROOT"] = course };
        if (dotnet.Length > 0)
        {
            environment["DOTNET_ROOT"] = dotnet;
        }

        return Text([Path.Combine(course, "artifacts", "mlops", "mlops.exe"), "kernel", "start"], environment);
    }

    /// <summary>True if the text is a kernel.json that was written here.</summary>
    internal static bool IsOurs(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject spec && spec["metadata"] is JsonObject metadata && metadata.ContainsKey(Marker);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return false; // no JSON, or a key twice: whoever wrote it, it was not us
        }
    }

    private static string Text(string[] command, JsonObject? environment)
    {
        var spec = new JsonObject
        {
            // A bare item: VS Code puts quotes into anything longer.
            ["argv"] = new JsonArray([.. command.Append("{connection_file}").Select(item => (JsonNode)item)]),
            ["display_name"] = KernelSpecFolder.DisplayName,
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
        };
        if (environment is not null)
        {
            spec["env"] = environment;
        }

        spec["metadata"] = new JsonObject { [Marker] = new JsonObject { ["version"] = typeof(KernelJson).Assembly.GetName().Version!.ToString(3) } };
        return spec.ToJsonString(s_format).ReplaceLineEndings("\n") + "\n";
    }
}
