using System.Net;
using static MlOps.Tracking.Tests.Rest.FakeServer;

namespace MlOps.Tracking.Tests.Rest;

public sealed class RestHostileAnswerTests
{
    private const string Info = """ "run_id":"r1","experiment_id":"0","status":"RUNNING","start_time":1,"artifact_uri":"mlflow-artifacts:/0/r1/artifacts","lifecycle_stage":"active" """;

    private static Run Read(string body)
    {
        using var server = new FakeServer(Says(body));
        return server.Open().GetRun("r1");
    }

    private static string Refusal(string body, string type = "application/json")
    {
        using var server = new FakeServer(Says(HttpStatusCode.OK, body, type));
        var e = Assert.Throws<TrackingException>(() => server.Open().GetRun("r1"));
        Assert.Equal(TrackingError.InternalError, e.Error);
        Assert.Contains("http://server.test:5000", e.Message, StringComparison.Ordinal);
        Assert.InRange(e.Message.Length, 1, 1000);
        return e.Message;
    }

    [Fact]
    public void Answer_SignInPage_IsShownAsText()
    {
        string message = Refusal("<html><head><title>Sign in</title></head><body>\n  <h1>Welcome</h1></body></html>", "text/html");
        Assert.Contains("'Sign in Welcome'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r")]
    [InlineData("{}")]
    [InlineData("{\"run\":[]}")]
    [InlineData("{\"run\":{}}")]
    [InlineData("{\"run\":{\"info\":{}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":[1]}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r\",\"status\":\"DANCING\"}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r\",\"start_time\":{}}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r\",\"start_time\":1.5}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r\",\"start_time\":1e300}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r\",\"start_time\":\"soon\"}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r\"},\"data\":{\"metrics\":{}}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r\"},\"data\":{\"metrics\":[7]}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r\"},\"data\":{\"metrics\":[{\"key\":\"m\",\"value\":\"much\"}]}}}")]
    [InlineData("{\"run\":{\"info\":{\"run_id\":\"r\"},\"data\":{\"tags\":[{\"value\":\"no key\"}]}}}")]
    public void Answer_OfWrongShape_IsOneClearException(string body) => Refusal(body);

    [Fact]
    public void Answer_DeepJson_DoesNotOverflowTheStack() => Refusal(string.Concat(Enumerable.Repeat("{\"run\":", 100_000)));

    [Fact]
    public void Answer_TenMegabytesOfNothing_IsNotShownWhole() => Refusal(new string('x', 10_000_000), "text/plain");

    [Fact]
    public void Error_TenMegabytes_IsNotShownWhole()
    {
        using var server = new FakeServer(Says(HttpStatusCode.BadRequest, "<p>" + new string('y', 10_000_000), "text/html"));
        Assert.InRange(Assert.Throws<TrackingException>(() => server.Open().GetRun("r1")).Message.Length, 1, 1000);
    }

    [Fact]
    public void Answer_UnknownFieldsAndLeftOutOnes_AreFine()
    {
        Run run = Read("""{"surprise":[{}],"run":{"extra":null,"info":{""" + Info
            + ""","run_uuid":"r1","end_time":null,"new":{"a":[]}},"data":{"metrics":[{"key":"m","value":"-Infinity","timestamp":"5"}]},"outputs":{}}}""");
        Assert.Equal(("", "", null), (run.Info.Name, run.Info.UserId, run.Info.EndTime));
        Assert.Equal(new Metric("m", double.NegativeInfinity, 5, 0), Assert.Single(run.Metrics));
        Assert.Empty(run.Params);
    }

    [Fact]
    public void Answer_OldServers_TellTheRunByUuidAndTheNameByTag()
    {
        Run run = Read("""{"run":{"info":{"run_uuid":"r1","status":"FINISHED","end_time":"9"},"data":{"tags":[{"key":"mlflow.runName","value":"old"}]}}}""");
        Assert.Equal(("r1", "old", RunStatus.Finished, 9L), (run.Info.RunId, run.Info.Name, run.Info.Status, run.Info.EndTime));
    }

    [Fact]
    public void History_SamePageForEver_Ends()
    {
        using var server = new FakeServer(Says("""{"metrics":[{"key":"m","value":1}],"next_page_token":"again"}"""));
        Assert.Throws<TrackingException>(() => server.Open().GetMetricHistory("r", "m"));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void Error_NoMlflowServer_SaysSo()
    {
        using var server = new FakeServer(Says(HttpStatusCode.NotFound, "<html><h1>nginx</h1></html>", "text/html"));
        var e = Assert.Throws<TrackingException>(() => server.Open().GetRun("r1"));
        Assert.Equal(TrackingError.EndpointNotFound, e.Error);
        Assert.Contains("404", e.Message, StringComparison.Ordinal);
        Assert.Contains("Is it an MLflow server", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("run_id=", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_OddDoublesAndTexts_AreWrittenAsMlflowReadsThem()
    {
        using var server = new FakeServer(Says("{}"));
        using var store = server.Open();
        store.LogMetric("r", new Metric("m", -0.0, 1));
        store.LogMetric("r", new Metric("m", double.NaN, 1));
        store.LogMetric("r", new Metric("m", double.PositiveInfinity, long.MaxValue, long.MinValue));
        Assert.Equal(
            [
                """{"run_id":"r","key":"m","value":-0.0,"timestamp":1,"step":0}""",
                """{"run_id":"r","key":"m","value":"NaN","timestamp":1,"step":0}""",
                """{"run_id":"r","key":"m","value":"Infinity","timestamp":9223372036854775807,"step":-9223372036854775808}""",
            ],
            server.Bodies);
        store.LogParam("r", new Param("p", "half \ud800 \u20ac"));
        using var written = System.Text.Json.JsonDocument.Parse(server.Bodies[^1]);
        Assert.Equal("half \ufffd \u20ac", written.RootElement.GetProperty("value").GetString());
    }
}
