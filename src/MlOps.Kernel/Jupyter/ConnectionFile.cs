using System.Text.Json;

namespace MlOps.Kernel.Jupyter;

/// <summary>Where a front end wants its kernel to listen, and the key that signs what they say to each other.</summary>
/// <param name="Transport"><c>tcp</c> or <c>ipc</c>.</param>
/// <param name="Ip">The address to bind to; with <c>ipc</c> the beginning of the sockets' file names.</param>
/// <param name="Shell">Port of the requests.</param>
/// <param name="Iopub">Port of the outputs.</param>
/// <param name="Stdin">Port of the questions to the user.</param>
/// <param name="Control">Port of the requests that must not wait for a cell.</param>
/// <param name="Heartbeat">Port of the sign of life.</param>
/// <param name="Key">The shared secret; empty for messages without signatures.</param>
/// <param name="SignatureScheme">Such as <c>hmac-sha256</c>.</param>
internal sealed record ConnectionFile(
    string Transport, string Ip, int Shell, int Iopub, int Stdin, int Control, int Heartbeat, string Key, string SignatureScheme)
{
    /// <summary>Reads a connection file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not a connection file; the message says what is missing.</exception>
    internal static ConnectionFile Load(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            JsonElement json = JsonElement.Parse(bytes);
            string transport = Text(json, "transport");
            return new ConnectionFile(
                transport is "tcp" or "ipc" ? transport : throw new FormatException($"its transport is '{transport}', and this kernel speaks tcp and ipc"),
                Text(json, "ip"),
                Port(json, "shell_port"),
                Port(json, "iopub_port"),
                Port(json, "stdin_port"),
                Port(json, "control_port"),
                Port(json, "hb_port"),
                Text(json, "key"),
                json.TryGetProperty("signature_scheme", out JsonElement scheme) ? scheme.GetString() ?? MessageSigner.DefaultScheme : MessageSigner.DefaultScheme);
        }
        catch (JsonException exception)
        {
            throw Broken(path, "it is not JSON", exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw Broken(path, exception.Message, exception);
        }
    }

    internal string Address(int port) => Transport == "ipc" ? FormattableString.Invariant($"ipc://{Ip}-{port}") : FormattableString.Invariant($"tcp://{Ip}:{port}");

    private static InvalidDataException Broken(string path, string why, Exception inner) =>
        new($"'{path}' is not a Jupyter connection file: {why}. Front ends write it when they start a kernel.", inner);

    private static string Text(JsonElement json, string name) =>
        Find(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw new FormatException($"'{name}' is not a text");

    private static int Port(JsonElement json, string name) =>
        Find(json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int port) && port is > 0 and < 65536
            ? port
            : throw new FormatException($"'{name}' is not a port number from 1 to 65535");

    private static JsonElement Find(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"'{name}' is missing");
}
