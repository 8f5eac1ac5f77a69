using System.CommandLine;
using System.Runtime.InteropServices;
using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops track</c>: the tracking server, for this library, for Python's <c>mlflow</c> and for a browser.</summary>
internal static class TrackVerb
{
    private const string TokenVariable = "MLOPS_TRACK_TOKEN";

    internal static Command Create() => new Verb("track", "Serves tracked runs and models over HTTP.", "./mlops track server") { Server() };

    private static Verb Server()
    {
        var store = new Option<string?>("--store") { Description = $"Where the runs are: sqlite:///FILE, file:FOLDER or postgresql://USER@HOST/DATABASE. {TrackingStore.DefaultAddress} if nothing is named.", HelpName = "URI" };
        var host = new Option<string>("--host") { Description = "Address to listen on; '*' is all. This machine only unless told otherwise.", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => 5000 };
        var tokenFile = new Option<string?>("--token-file") { Description = $"File with the token that clients must show; else the variable {TokenVariable}.", HelpName = "FILE" };
        var readOnly = new Option<bool>("--read-only") { Description = "Refuse every request that would change something." };
        var insecure = new Option<bool>("--insecure") { Description = "Listen beyond this machine without a token. Whoever reaches the port can then change and delete everything." };
        var allowHost = new Option<string[]>("--allow-host") { Description = "A further name under which this machine may be asked, such as a proxy's; may be given several times.", HelpName = "NAME" };
        var artifacts = new Option<string?>("--artifacts") { Description = "Folder for the files of runs, if the store is a database. mlartifacts beside the SQLite file unless told otherwise.", HelpName = "DIR" };
        var extended = new Option<bool>("--extended-filters") { Description = "Filters may use OR, NOT and parentheses, which MLflow's server refuses." };
        var verbose = new Option<bool>("--verbose") { Description = "Print a line for every request." };
        var verb = new Verb(
            "server",
            "Serves runs, models and files over MLflow's REST interface, with a web page. Ctrl-C stops it. Exit code 0, or 2 for bad input.",
            "./mlops track server",
            "./mlops track server --store sqlite:///mlruns.db --port 5001",
            "./mlops track server --store postgresql://course@db/mlops --host '*' --token-file token.txt",
            "MLFLOW_TRACKING_URI=http://127.0.0.1:5000 python train.py")
        {
            store, host, port, tokenFile, readOnly, insecure, allowHost, artifacts, extended, verbose,
        };

        // Synchronous: the command line's own handling of Ctrl-C would give requests in flight two seconds.
        verb.SetAction(parsed => Serve(
            StoreAddress(parsed.GetValue(store)),
            parsed.GetValue(artifacts),
            new ServerOptions
            {
                Host = parsed.GetRequiredValue(host),
                Port = parsed.GetValue(port) is >= 0 and <= 65535 and int given ? given : throw new ArgumentException($"--port is a number from 0 to 65535; got {parsed.GetValue(port)}."),
                Token = Token(parsed.GetValue(tokenFile)),
                ReadOnly = parsed.GetValue(readOnly),
                AllowUnprotected = parsed.GetValue(insecure),
                AllowedHosts = parsed.GetValue(allowHost) ?? [],
                ExtendedFilters = parsed.GetValue(extended),
                LogRequests = parsed.GetValue(verbose),
                Log = Console.WriteLine,
            }));
        return verb;
    }

    private static int Serve(string address, string? artifacts, ServerOptions options)
    {
        using ITrackingStore store = TrackingStore.Open(address, new StoreOptions { ArtifactRoot = artifacts });
        using var server = TrackingServer.Start(store, options);
        using var stop = new ManualResetEventSlim();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Console.WriteLine(Greeting(server.Address, store.Address, options));
        stop.Wait();
        Console.WriteLine("Stopping: requests in flight are finished.");
        return Program.Ok;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = !stop.IsSet; // the second time the process ends at once
            stop.Set();
        }
    }

    private static string Greeting(Uri address, string store, ServerOptions options)
    {
        string shown = address.ToString().TrimEnd('/').Replace("[::]", Environment.MachineName, StringComparison.Ordinal).Replace("0.0.0.0", Environment.MachineName, StringComparison.Ordinal);
        string access = (options.Token, options.ReadOnly) switch
        {
            (null, false) => "no token is asked for",
            (null, true) => "no token is asked for; nothing can be changed",
            (_, false) => "clients must show the token: MLFLOW_TRACKING_TOKEN",
            (_, true) => "clients must show the token: MLFLOW_TRACKING_TOKEN; nothing can be changed",
        };
        return $"""
            Tracking server: {shown} (Ctrl-C stops it)
              store    {store}
              access   {access}
              Python   export MLFLOW_TRACKING_URI={shown}
              .NET     new Tracker("{shown}")
            """;
    }

    /// <summary>The variable that clients use may name this very server; then it is not what to serve.</summary>
    private static string StoreAddress(string? told)
    {
        string address = told ?? Environment.GetEnvironmentVariable(TrackingStore.AddressVariable) ?? "";
        bool isServer = address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (told is not null && isServer)
        {
            throw new ArgumentException($"--store names a store, not another server; got '{told}'.");
        }

        return address.Length == 0 || isServer ? TrackingStore.DefaultAddress : address;
    }

    private static string? Token(string? file)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token ? token : null;
        }

        string text = File.ReadAllText(file).Trim();
        return text.Length > 0 ? text : throw new ArgumentException($"{file}: there is no token in it.");
    }
}
