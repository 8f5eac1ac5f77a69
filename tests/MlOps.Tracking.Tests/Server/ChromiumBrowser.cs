using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MlOps.Tracking.Tests.Server;

/// <summary>A Chromium without a window, driven through its DevTools protocol. One for the tests of a class; every tab has a session storage of its own.</summary>
public sealed class ChromiumBrowser : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("mlops-chromium-");
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly ConcurrentDictionary<string, ChromiumTab> _tabs = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Process? _process;
    private ClientWebSocket? _socket;
    private int _last;

    /// <summary>Opens a page. Timers of the page run so many times faster: what comes every few seconds need not be waited for.</summary>
    /// <param name="address">The page.</param>
    /// <param name="width">Of the window.</param>
    /// <param name="height">Of the window.</param>
    /// <param name="hurry">How many times faster.</param>
    /// <param name="first">A script that runs before those of every page opened in the tab.</param>
    internal async Task<ChromiumTab> OpenAsync(Uri address, int width = 1280, int height = 2400, int hurry = 1, string first = "")
    {
        await StartAsync();
        JsonNode context = await SendAsync("Target.createBrowserContext", []);
        JsonNode target = await SendAsync("Target.createTarget", new() { ["url"] = "about:blank", ["browserContextId"] = (string)context["browserContextId"]! });
        JsonNode attached = await SendAsync("Target.attachToTarget", new() { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        string session = (string)attached["sessionId"]!;
        var tab = new ChromiumTab(this, session);
        _tabs[session] = tab;
        foreach (string domain in (string[])["Page", "Runtime", "Log"])
        {
            await SendAsync(domain + ".enable", [], session);
        }

        await SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false }, session);
        await SendAsync("Page.addScriptToEvaluateOnNewDocument", new() { ["source"] = $"{{ const wait = setTimeout; window.setTimeout = (act, ms) => wait(act, ms / {hurry}); const again = setInterval; window.setInterval = (act, ms) => again(act, ms / {hurry}); }} {first}" }, session);
        await SendAsync("Page.navigate", new() { ["url"] = address.AbsoluteUri }, session);
        return tab;
    }

    internal async Task<JsonNode> SendAsync(string method, JsonObject parameters, string? session = null)
    {
        int id = Interlocked.Increment(ref _last);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        TaskCompletionSource<JsonNode> answer = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sending.WaitAsync();
        try
        {
            await _socket!.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(s_patience);
    }

    private async Task StartAsync()
    {
        if (_process is not null)
        {
            return;
        }

        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0", "--user-data-dir=" + _profile.FullName, "about:blank",
        ];
        _process = Process.Start(new ProcessStartInfo(ChromiumFactAttribute.Browser!, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string? line;
        const string Said = "DevTools listening on ";
        do
        {
            line = await _process.StandardError.ReadLineAsync().WaitAsync(s_patience);
        }
        while (line is not null && !line.StartsWith(Said, StringComparison.Ordinal));

        _ = _process.StandardError.ReadToEndAsync(); // a full pipe would stop the browser
        _ = _process.StandardOutput.ReadToEndAsync();
        _socket = new ClientWebSocket();
        await _socket.ConnectAsync(new Uri(line![Said.Length..]), CancellationToken.None).WaitAsync(s_patience);
        _ = ListenAsync();
    }

    private async Task ListenAsync()
    {
        byte[] buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            for (; ;)
            {
                WebSocketReceiveResult part = await _socket!.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                {
                    continue;
                }

                JsonNode told = JsonNode.Parse(message.ToArray())!;
                message.SetLength(0);
                if (told["id"] is { } id && _waiting.TryRemove((int)id, out TaskCompletionSource<JsonNode>? answer))
                {
                    if (told["error"] is { } error)
                    {
                        answer.SetException(new InvalidOperationException(error.ToJsonString()));
                    }
                    else
                    {
                        answer.SetResult(told["result"]!);
                    }
                }
                else if (told["sessionId"] is { } session && _tabs.TryGetValue((string)session!, out ChromiumTab? tab))
                {
                    tab.Hear((string)told["method"]!, told["params"]!);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The browser was closed: whoever still waits for it runs out of patience and fails.
        }
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
            _socket?.Dispose();
        }

        _sending.Dispose();
        for (int tries = 0; _profile.Exists && tries < 20; tries++)
        {
            try
            {
                _profile.Delete(recursive: true);
                return;
            }
            catch (IOException)
            {
                Thread.Sleep(100); // a process of the browser is still writing
            }
        }
    }
}
