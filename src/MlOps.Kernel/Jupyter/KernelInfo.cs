using System.Reflection;
using System.Text.Json;

namespace MlOps.Kernel.Jupyter;

/// <summary>Who this kernel is: the answer to <c>kernel_info_request</c>.</summary>
internal sealed class KernelInfo(KernelSetup setup)
{
    private static readonly string s_version = Version(typeof(KernelInfo).Assembly);

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteString("status", "ok");
        json.WriteString("protocol_version", MessageWriter.ProtocolVersion);
        json.WriteString("implementation", "mlops-csharp");
        json.WriteString("implementation_version", s_version);
        json.WriteStartObject("language_info");
        json.WriteString("name", "C#");
        json.WriteString("version", "14.0");
        json.WriteString("mimetype", "text/x-csharp");
        json.WriteString("file_extension", ".cs");
        json.WriteString("pygments_lexer", "csharp");
        json.WriteString("codemirror_mode", "text/x-csharp");
        json.WriteEndObject();
        json.WriteString("banner", $"C# kernel of MlOpsCourse {s_version} on .NET {Environment.Version}");
        json.WriteBoolean("debugger", false);
        json.WriteStartArray("help_links");
        foreach ((string text, string url) in setup.HelpLinks)
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteString("url", url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Version(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
