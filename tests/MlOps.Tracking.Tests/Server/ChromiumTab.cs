using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MlOps.Tracking.Tests.Server;

/// <summary>A tab of a <see cref="ChromiumBrowser"/>: what a reader can do in it, and what it complained of.</summary>
internal sealed class ChromiumTab(ChromiumBrowser browser, string session)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _complaints = new();

    /// <summary>Gets what was written to the console as an error or a warning, and every exception that nobody caught.</summary>
    internal IReadOnlyList<string> Complaints => [.. _complaints];

    /// <summary>Evaluates an expression, which may be a promise, and returns its value.</summary>
    internal async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await browser.SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true, ["userGesture"] = true }, session);
        return answer["exceptionDetails"] is { } problem ? throw new InvalidOperationException($"{expression}: {problem.ToJsonString()}") : answer["result"]!["value"];
    }

    /// <summary>Sends a command of the DevTools protocol to this tab.</summary>
    internal Task<JsonNode> SendAsync(string method, JsonObject parameters) => browser.SendAsync(method, parameters, session);

    internal async Task<string> TextAsync(string selector) => (string?)await EvaluateAsync($"document.querySelector({Quote(selector)})?.innerText ?? ''") ?? "";

    internal async Task<int> CountAsync(string selector) => (int)(await EvaluateAsync($"document.querySelectorAll({Quote(selector)}).length"))!;

    /// <summary>Waits until an expression is true; what the page shows is in the failure.</summary>
    internal async Task UntilAsync(string expression)
    {
        var clock = Stopwatch.StartNew();
        while ((bool?)await EvaluateAsync($"(() => {{ try {{ return Boolean({expression}); }} catch {{ return false; }} }})()") != true) // an element may not be there yet
        {
            if (clock.Elapsed > s_patience)
            {
                Assert.Fail($"Never true: {expression}\nThe page shows:\n{await EvaluateAsync("document.body.innerText")}\nComplaints: {string.Join('\n', Complaints)}");
            }

            await Task.Delay(30);
        }
    }

    internal Task UntilShownAsync(string text) => UntilAsync($"document.body.innerText.includes({Quote(text)})");

    internal async Task ClickAsync(string selector)
    {
        await UntilAsync($"document.querySelector({Quote(selector)})");
        await EvaluateAsync($"document.querySelector({Quote(selector)}).click()");
    }

    /// <summary>Types a text into a field and sends its form.</summary>
    internal Task SubmitAsync(string field, string text) =>
        EvaluateAsync($"(() => {{ const field = document.querySelector({Quote(field)}); field.value = {Quote(text)}; field.form.requestSubmit(); }})()");

    internal async Task PressAsync(string key)
    {
        foreach (string kind in (string[])["keyDown", "keyUp"])
        {
            await browser.SendAsync("Input.dispatchKeyEvent", new() { ["type"] = kind, ["key"] = key, ["code"] = key }, session);
        }
    }

    /// <summary>Follows a link within the page and waits until its view is there.</summary>
    internal async Task GoAsync(string hash)
    {
        await EvaluateAsync($"new Promise(done => {{ addEventListener('hashchange', done, {{ once: true }}); location.hash = {Quote(hash)}; }}).then(() => true)");
        await UntilAsync("!document.querySelector('main').hasAttribute('aria-busy')");
    }

    internal void Hear(string method, JsonNode parameters)
    {
        string? complaint = method switch
        {
            "Runtime.exceptionThrown" => parameters["exceptionDetails"]!.ToJsonString(),
            "Runtime.consoleAPICalled" when (string)parameters["type"]! is "error" or "warning" => parameters["args"]!.ToJsonString(),
            "Log.entryAdded" when (string)parameters["entry"]!["level"]! is "error" or "warning" => (string)parameters["entry"]!["text"]!,
            _ => null,
        };
        if (complaint is not null)
        {
            _complaints.Enqueue(complaint);
        }
    }

    internal static string Quote(string text) => JsonValue.Create(text).ToJsonString();
}
