using System.Text.Json;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Jupyter;

/// <summary>Answers <c>execute_request</c>: runs the cell, publishes what it shows, counts and remembers it.</summary>
/// <param name="engine">Runs the cells.</param>
/// <param name="iopub">Gets what they show.</param>
/// <param name="stdin">Asks the user.</param>
/// <param name="executor">Runs one request after the other.</param>
/// <param name="history">Remembers the cells.</param>
/// <param name="firstDone">Called once, when the first cell has been answered.</param>
internal sealed class CellRequests(Task<NotebookEngine> engine, IoPub iopub, StdinChannel stdin, CellExecutor executor, ExecutionHistory history, Action firstDone)
{
    private Action? _firstDone = firstDone;
    private int _count;

    /// <summary>Queues the request.</summary>
    internal void Add(JupyterMessage message, RequestChannel channel)
    {
        ExecuteRequest request;
        try
        {
            request = ExecuteRequest.Read(message);
        }
        catch (FormatException exception)
        {
            var error = new ErrorOutput("BadRequest", exception.Message, [exception.Message]);
            executor.Add(message, _ => Answer(message, channel, error), giveUp: null);
            return;
        }

        executor.Add(message, stop => RunOrExplain(message, request, channel, stop), () => GiveUp(message, channel));
    }

    /// <summary>Queues a message to an object that cells share with the front end.</summary>
    /// <param name="message">The message.</param>
    /// <param name="accept">Takes it; returns the C# that handles it, or null if nothing is to be done.</param>
    internal void Add(JupyterMessage message, Func<JupyterMessage, string?> accept) => executor.Add(
        message,
        stop =>
        {
            if (accept(message) is { } code)
            {
                var outputs = new OutputMessages(iopub, message.Header, Math.Max(_count, 1), silent: true);
                Evaluate(code, new CellOptions { Label = message.Type, LateOutput = outputs.Publish }, outputs.Publish, stop);
            }
        },
        giveUp: null);

    /// <summary>A front end waits for every answer: whatever happens in the kernel itself, it gets one.</summary>
    private void RunOrExplain(JupyterMessage message, ExecuteRequest request, RequestChannel channel, CancellationToken stop)
    {
        try
        {
            Run(message, request, channel, stop);
        }
        catch (Exception exception)
        {
            KernelLog.Write(exception.ToString());
            string text = $"The kernel itself failed: {exception.Message} Restart it; its log has the details.";
            Answer(message, channel, new ErrorOutput("KernelError", text, [text]));
        }
        finally
        {
            Interlocked.Exchange(ref _firstDone, null)?.Invoke();
        }
    }

    private void Run(JupyterMessage message, ExecuteRequest request, RequestChannel channel, CancellationToken stop)
    {
        if (request.StoreHistory)
        {
            _count++;
        }

        int number = Math.Max(_count, 1);
        if (!request.Silent)
        {
            iopub.Publish("execute_input", message.Header, json =>
            {
                json.WriteString("code", Utf16.Valid(request.Code));
                json.WriteNumber("execution_count", number);
            });
        }

        var outputs = new OutputMessages(iopub, message.Header, number, request.Silent);
        string? shown = null;
        CellResult result = Evaluate(
            request.Code,
            new CellOptions
            {
                Label = FormattableString.Invariant($"cell {number}"),
                Language = request.Language ?? CellOptions.CSharp,
                Input = request.AllowStdin ? (prompt, password, stopping) => stdin.Ask(message, prompt, password, stopping) : null,
                LateOutput = outputs.Publish,
            },
            output =>
            {
                shown = output is ResultOutput value ? value.Bundle["text/plain"] : shown;
                outputs.Publish(output);
            },
            stop);
        if (request.StoreHistory)
        {
            history.Add(number, request.Code, shown);
        }

        if (result.Error is { } error)
        {
            if (request.StopOnError)
            {
                executor.GiveUpWaiting();
            }

            Answer(message, channel, error);
            return;
        }

        Dictionary<string, Action<Utf8JsonWriter>> expressions = request.UserExpressions.ToDictionary(
            expression => expression.Key, expression => EvaluateExpression(expression.Value, stop), StringComparer.Ordinal);
        channel.Reply(message, "execute_reply", json =>
        {
            json.WriteString("status", "ok");
            json.WriteNumber("execution_count", number);
            json.WriteStartArray("payload");
            json.WriteEndArray();
            json.WriteStartObject("user_expressions");
            foreach ((string name, Action<Utf8JsonWriter> write) in expressions)
            {
                json.WriteStartObject(name);
                write(json);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    private CellResult Evaluate(string code, CellOptions options, Action<CellOutput> output, CancellationToken stop) =>
        engine.GetAwaiter().GetResult().RunAsync(code, options, output, stop).GetAwaiter().GetResult();

    /// <summary>What a front end asked to know after the cell: a value as a display would show it, or why there is none.</summary>
    private Action<Utf8JsonWriter> EvaluateExpression(string expression, CancellationToken stop)
    {
        ResultOutput? value = null;
        CellResult result = Evaluate(expression, new CellOptions { Label = "expression" }, output => value = output as ResultOutput ?? value, stop);
        return json =>
        {
            json.WriteString("status", result.Error is null ? "ok" : "error");
            if (result.Error is { } error)
            {
                OutputMessages.WriteError(json, error);
            }
            else
            {
                OutputMessages.WriteBundle(json, value?.Bundle ?? new Dictionary<string, string>());
            }
        };
    }

    private void Answer(JupyterMessage message, RequestChannel channel, ErrorOutput error)
    {
        channel.Reply(message, "execute_reply", json =>
        {
            json.WriteString("status", "error");
            json.WriteNumber("execution_count", Math.Max(_count, 1));
            OutputMessages.WriteError(json, error);
            json.WriteStartArray("payload");
            json.WriteEndArray();
            json.WriteStartObject("user_expressions");
            json.WriteEndObject();
        });
    }

    private void GiveUp(JupyterMessage message, RequestChannel channel) => channel.Reply(message, "execute_reply", json =>
    {
        json.WriteString("status", "aborted");
        json.WriteNumber("execution_count", Math.Max(_count, 1));
    });
}
