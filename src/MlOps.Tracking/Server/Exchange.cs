using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>One request and the answer to it, as an endpoint sees them. Not thread-safe.</summary>
internal sealed class Exchange(HttpContext http, ITrackingStore store, ServerOptions options, ArtifactAddresses addresses, LoggedModels models, ReadOnlyMemory<byte> body) : IDisposable
{
    private JsonDocument? _json;
    private RequestFields? _fields;
    private ArrayBufferWriter<byte>? _answer;

    /// <summary>Gets how answers are written: they are told to be JSON and nothing else (nosniff), so letters may stand as they are.</summary>
    internal static JsonWriterOptions Format { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal HttpContext Http => http;

    internal ITrackingStore Store => store;

    internal ServerOptions Options => options;

    internal ArtifactAddresses Addresses => addresses;

    internal LoggedModels Models => models;

    /// <summary>Gets the bytes of the request; they are gone when the endpoint returns.</summary>
    internal ReadOnlyMemory<byte> Body => body;

    /// <summary>Gets what ends when the client goes away.</summary>
    internal CancellationToken Cancelled => http.RequestAborted;

    /// <summary>Gets the fields: of the address if it is a GET that has some, else of the body.</summary>
    internal RequestFields Fields => _fields ??= Read();

    /// <summary>Gets the answer that was written; null if it is <c>{}</c>.</summary>
    internal ArrayBufferWriter<byte>? Answer => _answer;

    /// <summary>Gets or sets the file that is the answer; null if JSON is.</summary>
    internal Download? Download { get; set; }

    /// <summary>Gets a writer for the answer. Who uses it opens the object and closes it again.</summary>
    internal Utf8JsonWriter Write() => new(_answer = new ArrayBufferWriter<byte>(1024), Format);

    /// <summary>Who changes what is in use, and why: the extra field <c>note</c>, else the user of the connection.</summary>
    internal PromotionNote Note()
    {
        RequestFields? note = Fields.Object("note");
        string actor = note?.Text("actor") is { Length: > 0 } told ? told : AccessControl.UserOf(http.Request);
        return new PromotionNote(actor, note?.Text("reason") ?? "", note?.Text("evidence") ?? "", note?.Flag("is_rollback") ?? false);
    }

    public void Dispose() => _json?.Dispose();

    private RequestFields Read()
    {
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.QueryString.HasValue)
        {
            return RequestFields.Of(http.Request.Query);
        }

        _json = RequestFields.Parse(body);
        return RequestFields.Of(_json);
    }
}
