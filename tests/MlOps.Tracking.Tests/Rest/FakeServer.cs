using System.Net;
using System.Text;
using MlOps.Tracking.Rest;

namespace MlOps.Tracking.Tests.Rest;

/// <summary>Answers in place of the network, one after the other; the last one again and again.</summary>
internal sealed class FakeServer(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
{
    internal List<string> Requests { get; } = [];

    internal List<string> Bodies { get; } = [];

    internal ImpatientClock Clock { get; } = new();

    internal static Func<HttpRequestMessage, HttpResponseMessage> Says(HttpStatusCode status, string body, string type = "application/json", params (string Name, string Value)[] headers) => _ =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    };

    internal static Func<HttpRequestMessage, HttpResponseMessage> Says(string body) => Says(HttpStatusCode.OK, body);

    internal static Func<HttpRequestMessage, HttpResponseMessage> Throws(Exception e) => _ => throw e;

    /// <summary>No connection: the request has surely not arrived.</summary>
    internal static Func<HttpRequestMessage, HttpResponseMessage> Refuses => Throws(new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"));

    /// <summary>The connection broke after the request was sent.</summary>
    internal static Func<HttpRequestMessage, HttpResponseMessage> Breaks => Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely."));

    internal RestStore Open(int retries = 5, string address = "http://server.test:5000/", string? authorization = null, double jitter = 0) => new(new RestConnection(
        new RestOptions(new Uri(address), authorization, retries, TimeSpan.FromSeconds(120), AnyCertificate: false, Clock) { Jitter = () => jitter }, this));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        Bodies.Add(request.Content is null ? "" : Encoding.UTF8.GetString(ReadAll(request.Content)));
        return answers[Math.Min(Requests.Count, answers.Length) - 1](request);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static byte[] ReadAll(HttpContent content)
    {
        using var copy = new MemoryStream();
        content.CopyTo(copy, null, default);
        return copy.ToArray();
    }
}
