using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using MlOps.Tracking.Rest;

namespace MlOps.Tracking.Tests.Rest;

/// <summary>The stand-in MLflow server, mlflow_server.py, as a process.</summary>
internal sealed class MlflowServer : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly string[] _options;
    private readonly HttpClient _control = new();
    private Process _process;

    internal MlflowServer(params string[] options)
    {
        _options = options;
        (_process, Port) = Start(options);
    }

    /// <summary>Why the server cannot run here; null if it can.</summary>
    public static string? WhyNot => File.Exists(Python) ? null : $"{Python} is not there";

    internal int Port { get; }

    /// <summary>Waits until a fault has ended it, and starts it at the same place.</summary>
    internal void ComeBack()
    {
        _process.WaitForExit();
        _process.Dispose();
        (_process, _) = Start([.. _options, "--port", Port.ToString(CultureInfo.InvariantCulture)]);
    }

    internal string Address => $"http://127.0.0.1:{Port}";

    public void Dispose()
    {
        _process.StandardInput.Close(); // it ends with its input
        _process.WaitForExit();
        _process.Dispose();
        _control.Dispose();
    }

    /// <summary>Opens it with a clock whose pauses are over at once.</summary>
    internal RestStore Open(int retries = 5, string? authorization = null, string prefix = "/", TimeSpan? timeout = null, ImpatientClock? clock = null) => new(new RestConnection(
        new RestOptions(new Uri($"{Address}{prefix}"), authorization, retries, timeout ?? TimeSpan.FromSeconds(30), AnyCertificate: false, clock ?? new ImpatientClock())));

    /// <summary>Makes the next requests fail; see mlflow_server.py.</summary>
    internal void Fault(object fault) => _control.PostAsJsonAsync($"{Address}/_fault", fault).GetAwaiter().GetResult().EnsureSuccessStatusCode();

    /// <summary>Forgets the requests so far.</summary>
    internal void Forget() => _control.PostAsync(new Uri($"{Address}/_log"), null).GetAwaiter().GetResult().EnsureSuccessStatusCode();

    /// <summary>Returns the requests since <see cref="Forget"/> as <c>POST …/log-metric</c>, without the common start of the paths.</summary>
    internal string[] Seen() => [.. JsonSerializer.Deserialize<string[][]>(_control.GetStringAsync(new Uri($"{Address}/_log")).GetAwaiter().GetResult())!
        .Select(request => $"{request[0]} {request[1].Replace("/api/2.0/mlflow/", "", StringComparison.Ordinal)}")];

    private static (Process Process, int Port) Start(string[] options)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Rest", "mlflow_server.py"));
        foreach (string option in options)
        {
            start.ArgumentList.Add(option);
        }

        Process process = Process.Start(start)!;
        string[] said = (process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The stand-in server did not start.")).Split(' ');
        return (process, int.Parse(said[1], CultureInfo.InvariantCulture));
    }
}
