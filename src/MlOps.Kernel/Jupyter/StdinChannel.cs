using System.Collections.Concurrent;

namespace MlOps.Kernel.Jupyter;

/// <summary>Asks the user of the front end whose request is running, and waits for the answer.</summary>
internal sealed class StdinChannel
{
    private const string EndOfInput = "\u0004"; // what Ctrl-D sends

    private readonly RequestChannel _channel;
    private readonly Dictionary<string, BlockingCollection<string>> _questions = new(StringComparer.Ordinal);

    internal StdinChannel(RequestChannel channel)
    {
        _channel = channel;
        channel.Listen(Take);
    }

    /// <summary>Asks; returns null at the end of input.</summary>
    /// <exception cref="OperationCanceledException">The cell was told to stop before the answer came.</exception>
    internal string? Ask(JupyterMessage request, string prompt, bool password, CancellationToken stopping)
    {
        using var answer = new BlockingCollection<string>();
        string? id = null;
        try
        {
            lock (_questions) // the answer must not come before its question is known
            {
                _channel.Send(
                    request,
                    "input_request",
                    json =>
                    {
                        json.WriteString("prompt", prompt);
                        json.WriteBoolean("password", password);
                    },
                    out id);
                _questions[id] = answer;
            }

            string text = answer.Take(stopping);
            return text == EndOfInput ? null : text;
        }
        finally
        {
            lock (_questions)
            {
                _questions.Remove(id ?? string.Empty); // before the answer's box is disposed of
            }
        }
    }

    /// <summary>Front ends name the question in the parent header; some leave it empty, and then the one open question is meant.</summary>
    private void Take(JupyterMessage reply)
    {
        if (reply.Type != "input_reply")
        {
            return;
        }

        string parent = JsonText.Of(reply.Parent, "msg_id") ?? string.Empty;
        lock (_questions)
        {
            BlockingCollection<string>? question = _questions.GetValueOrDefault(parent) ?? (_questions.Count == 1 && parent.Length == 0 ? _questions.Values.Single() : null);
            question?.Add(reply.Text("value"));
        }
    }
}
