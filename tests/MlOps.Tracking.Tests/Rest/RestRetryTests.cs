using System.Net;
using static MlOps.Tracking.Tests.Rest.FakeServer;

namespace MlOps.Tracking.Tests.Rest;

public sealed class RestRetryTests
{
    private static readonly Metric s_point = new("m", 1, 1);

    private static double[] Seconds(FakeServer server) => [.. server.Clock.Pauses.Select(pause => pause.TotalSeconds)];

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void LogMetric_PassingAnswer_IsSentAgain(int status)
    {
        using var server = new FakeServer(Says((HttpStatusCode)status, "<html>busy</html>", "text/html"), Says((HttpStatusCode)status, ""), Says("{}"));
        server.Open().LogMetric("r", s_point);
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Bodies.Distinct()); // the same each time, from one buffer
        Assert.Equal([0.5, 1], Seconds(server));
    }

    [Fact]
    public void LogMetric_BrokenConnection_IsSentAgain()
    {
        using var server = new FakeServer(Refuses, Breaks, Throws(new IOException("reset")), Throws(new OperationCanceledException("connect", new TimeoutException())), Says("{}"));
        server.Open().LogMetric("r", s_point);
        Assert.Equal([0.5, 1, 2, 4], Seconds(server));
    }

    [Fact]
    public void LogMetric_ServerStaysAway_SaysWhereAndHowOften()
    {
        using var server = new FakeServer(Refuses);
        var e = Assert.Throws<TrackingException>(() => server.Open().LogMetric("r", s_point));
        Assert.Equal(TrackingError.TemporarilyUnavailable, e.Error);
        Assert.Contains("http://server.test:5000", e.Message, StringComparison.Ordinal);
        Assert.Contains("Connection refused", e.Message, StringComparison.Ordinal);
        Assert.Contains("Tried 6 times in 15.5 s", e.Message, StringComparison.Ordinal); // 0.5 + 1 + 2 + 4 + 8
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public void LogMetric_ServerFails_IsTriedTwiceMore() // MLflow answers 500 also to what it will never do
    {
        using var server = new FakeServer(Says(HttpStatusCode.InternalServerError, """{"error_code":"INTERNAL_ERROR","message":"no"}"""));
        Assert.Equal(TrackingError.InternalError, Assert.Throws<TrackingException>(() => server.Open().LogMetric("r", s_point)).Error);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"bad"}""", TrackingError.InvalidParameterValue)]
    [InlineData(401, "", TrackingError.Unauthenticated)]
    [InlineData(403, "<h1>no</h1>", TrackingError.PermissionDenied)]
    [InlineData(404, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"gone"}""", TrackingError.ResourceDoesNotExist)]
    [InlineData(404, """{"detail":"Not Found"}""", TrackingError.EndpointNotFound)]
    [InlineData(413, "too large", TrackingError.BadRequest)]
    [InlineData(501, "", TrackingError.EndpointNotFound)]
    [InlineData(418, """{"error_code":"TEAPOT","message":"short and stout"}""", TrackingError.BadRequest)]
    public void LogMetric_FinalAnswer_IsNotSentAgain(int status, string body, TrackingError expected)
    {
        using var server = new FakeServer(Says((HttpStatusCode)status, body));
        Assert.Equal(expected, Assert.Throws<TrackingException>(() => server.Open().LogMetric("r", s_point)).Error);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Retries_None_FailsAtOnce()
    {
        using var server = new FakeServer(Refuses);
        Assert.Throws<TrackingException>(() => server.Open(retries: 0).LogMetric("r", s_point));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Pauses_AreShortenedAtRandomByUpToHalf()
    {
        using var server = new FakeServer(Refuses);
        Assert.Throws<TrackingException>(() => server.Open(jitter: 1).LogMetric("r", s_point));
        Assert.Equal([0.25, 0.5, 1, 2, 4], Seconds(server));
    }

    [Fact]
    public void RetryAfter_IsWaitedForInSecondsAndAsADate()
    {
        using var server = new FakeServer(
            Says(HttpStatusCode.TooManyRequests, "", headers: ("Retry-After", "7")),
            Says(HttpStatusCode.ServiceUnavailable, "", headers: ("Retry-After", "Sun, 03 May 2026 12:00:17 GMT")), // the clock says 12:00:07 by then
            Says(HttpStatusCode.ServiceUnavailable, "", headers: ("Retry-After", "0")),
            Says("{}"));
        server.Open().LogMetric("r", s_point);
        Assert.Equal([7, 10, 2], Seconds(server));
    }

    [Fact]
    public void RetryAfter_TooLong_IsNotWaitedFor()
    {
        using var server = new FakeServer(Says(HttpStatusCode.ServiceUnavailable, "", headers: ("Retry-After", "3600")));
        Assert.Throws<TrackingException>(() => server.Open().LogMetric("r", s_point));
        Assert.Empty(server.Clock.Pauses);
    }

    [Fact]
    public void Patience_ManyRetries_EndsAfterTwoMinutes()
    {
        using var server = new FakeServer(Refuses);
        Assert.Throws<TrackingException>(() => server.Open(retries: 20).LogMetric("r", s_point));
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], Seconds(server)); // 91.5 s; another 30 would be over 120
    }

    [Fact]
    public void NoSuchHost_IsSaidAtOnce()
    {
        using var server = new FakeServer(Throws(new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known")));
        var e = Assert.Throws<TrackingException>(() => server.Open().LogMetric("r", s_point));
        Assert.Contains("MLFLOW_TRACKING_URI", e.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Cancellation_StopsBeforeTheNextTry()
    {
        using var stop = new CancellationTokenSource();
        using var server = new FakeServer(_ =>
        {
            stop.Cancel();
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        });
        Assert.ThrowsAny<OperationCanceledException>(() => server.Open().SearchRuns(new RunQuery(["0"]), stop.Token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Authorization_GoesWithEveryRequest()
    {
        List<string?> sent = [];
        using var server = new FakeServer(request =>
        {
            sent.Add(request.Headers.Authorization?.ToString());
            return Says("{}")(request);
        });
        server.Open(authorization: "Bearer t0k").LogMetric("r", s_point);
        Assert.Equal(["Bearer t0k"], sent);
    }

    [Theory]
    [InlineData(308, "https://server.test/api/x", true)] // the same host, now encrypted
    [InlineData(307, "/elsewhere", true)]
    [InlineData(302, "/elsewhere", false)] // a POST would become a GET
    [InlineData(307, "http://evil.test/api", false)]
    [InlineData(307, "http://server.test:6000/api", false)]
    public void Redirect_OfAPost_IsFollowedOnlyWithinTheHost(int status, string location, bool followed)
    {
        using var server = new FakeServer(Says((HttpStatusCode)status, "", headers: ("Location", location)), Says("{}"));
        if (followed)
        {
            server.Open().LogMetric("r", s_point);
            Assert.Equal(server.Bodies[0], server.Bodies[1]);
            return;
        }

        var e = Assert.Throws<TrackingException>(() => server.Open(authorization: "Bearer t").LogMetric("r", s_point));
        Assert.Contains("redirects", e.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Redirect_FromHttpsToHttp_IsRefused()
    {
        using var server = new FakeServer(Says(HttpStatusCode.TemporaryRedirect, "", headers: ("Location", "http://server.test/api")));
        Assert.Throws<TrackingException>(() => server.Open(address: "https://server.test/").GetRun("r"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Redirect_InACircle_Ends()
    {
        using var server = new FakeServer(Says(HttpStatusCode.TemporaryRedirect, "", headers: ("Location", "/again")));
        Assert.Throws<TrackingException>(() => server.Open().GetRun("r"));
        Assert.Equal(6, server.Requests.Count);
    }
}
