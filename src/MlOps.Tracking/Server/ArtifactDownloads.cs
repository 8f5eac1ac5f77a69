using System.Text.Json;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>Files asked for by run or by version: <c>artifacts/list</c>, <c>/get-artifact</c>, <c>/model-versions/get-artifact</c>.</summary>
internal static class ArtifactDownloads
{
    internal static RouteTable AddTo(RouteTable routes) => routes
        .Get("/get-artifact", Run)
        .Get("/model-versions/get-artifact", Version);

    /// <summary><c>artifacts/list</c>, with paths from the run's folder on.</summary>
    internal static void List(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        RunInfo run = exchange.Store.GetRun(fields.RunId()).Info;
        Write(exchange, run.ArtifactUri, fields.Text("path") is { Length: > 0 } told ? SafePath.Checked(told) : null);
    }

    /// <summary>Writes what is in a folder below an address.</summary>
    internal static void Write(Exchange exchange, string address, string? folder)
    {
        IReadOnlyList<ArtifactFile> files = exchange.Addresses.Open(address).List(folder, exchange.Cancelled);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WriteString("root_uri"u8, exchange.Addresses.Shown(address));
        if (files.Count > 0)
        {
            writer.WriteStartArray("files"u8);
            foreach (ArtifactFile file in files)
            {
                writer.WriteFile(file.Path, file.IsFolder, file.Size);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Run(Exchange exchange) => Send(exchange, exchange.Store.GetRun(exchange.Fields.RunId()).Info.ArtifactUri);

    private static void Version(Exchange exchange) =>
        Send(exchange, exchange.Addresses.SourceOf(exchange.Store.GetVersion(exchange.Fields.Required("name"), exchange.Fields.Version()), exchange.Models));

    private static void Send(Exchange exchange, string address) =>
        exchange.Download = new Download(exchange.Addresses.Open(address), SafePath.Checked(exchange.Fields.Required("path")));
}
