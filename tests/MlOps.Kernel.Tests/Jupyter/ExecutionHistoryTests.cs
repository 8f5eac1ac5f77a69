using System.Buffers;
using System.Text;
using System.Text.Json;
using MlOps.Kernel.Jupyter;
using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Tests.Jupyter;

public class ExecutionHistoryTests
{
    [Theory]
    [InlineData("""{"hist_access_type": "tail", "n": 2}""", "[[1,3,\"var b = 2;\"],[1,4,\"var a = 1;\"]]")]
    [InlineData("""{"hist_access_type": "tail", "n": 1, "output": true}""", "[[1,4,[\"var a = 1;\",null]]]")]
    [InlineData("""{"hist_access_type": "range", "session": 0, "start": 2, "stop": 3, "output": true}""", "[[1,2,[\"a\",\"1\"]]]")]
    [InlineData("""{"hist_access_type": "range", "session": -1, "start": 1, "stop": 9}""", "[]")]
    [InlineData("""{"hist_access_type": "search", "pattern": "var ?*"}""", "[[1,1,\"var a = 1;\"],[1,3,\"var b = 2;\"],[1,4,\"var a = 1;\"]]")]
    [InlineData("""{"hist_access_type": "search", "pattern": "var*", "unique": true}""", "[[1,3,\"var b = 2;\"],[1,4,\"var a = 1;\"]]")]
    [InlineData("""{"hist_access_type": "search", "pattern": "(x"}""", "[]")]
    public void WriteReply_OfARequest_HasTheEntries(string request, string expected)
    {
        var history = new ExecutionHistory();
        history.Add(1, "var a = 1;", null);
        history.Add(2, "a", "1");
        history.Add(3, "var b = 2;", null);
        history.Add(4, "var a = 1;", null);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            history.WriteReply(json, Message(request));
            json.WriteEndObject();
        }

        Assert.Equal(expected, JsonElement.Parse(buffer.WrittenSpan).GetProperty("history").GetRawText());
    }

    private static JupyterMessage Message(string content)
    {
        string[] frames = ["<IDS|MSG>", "", """{"msg_id": "m", "msg_type": "history_request"}""", "{}", "{}", content];
        return JupyterMessage.Read(
            new RoutedMessage(default, [.. frames.Select(frame => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(frame))]),
            new MessageSigner(string.Empty, MessageSigner.DefaultScheme));
    }
}
