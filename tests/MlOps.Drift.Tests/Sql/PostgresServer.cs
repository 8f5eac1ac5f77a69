using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MlOps.Drift.Tests.Sql;

/// <summary>A PostgreSQL server of our own on loopback: a free port, a folder under the temporary one, gone with the process that asked for it.</summary>
/// <remarks>PostgreSQL refuses to run as root; there it runs as the user postgres, whom its package has made.</remarks>
public sealed class PostgresServer : IDisposable
{
    private static readonly string? Programs = FindPrograms();
    private readonly string _folder = "";
    private readonly int _port;
    private readonly Process? _guard;

    public PostgresServer()
    {
        if (WhyNot is not null)
        {
            return; // the tests are skipped
        }

        _folder = Directory.CreateTempSubdirectory("mlops-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", _folder);
        }

        // The guard outlives a killed test run: when its input ends, for whatever reason, it stops the server and clears up.
        string stop = string.Join(' ', AsServerUser(Program("pg_ctl"), "-D", Data, "-m", "immediate", "stop").Select(word => $"'{word}'"));
        _guard = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"cat > /dev/null; {stop} > /dev/null 2>&1; rm -rf '{_folder}'"]) { RedirectStandardInput = true });
        RunAsServerUser(Program("initdb"), "-D", Data, "-U", "course", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        _port = FreePort();
        Start();
    }

    /// <summary>Why there is no server here; null if there is one.</summary>
    public static string? WhyNot { get; } =
        Programs is null ? "needs PostgreSQL: apt-get install -y postgresql"
        : Environment.IsPrivilegedProcess && !File.Exists("/usr/sbin/runuser") && !File.Exists("/sbin/runuser") ? "needs runuser, as PostgreSQL does not run as root: apt-get install -y util-linux"
        : null;

    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=course;Database=postgres;Pooling=false;Timeout=30");

    private string Data => Path.Combine(_folder, "data");

    public NpgsqlConnection Open(string? user = null)
    {
        var connection = new NpgsqlConnection(user is null ? ConnectionString : ConnectionString.Replace("Username=course", $"Username={user}", StringComparison.Ordinal));
        connection.Open();
        return connection;
    }

    public void Run(string sql)
    {
        using NpgsqlConnection connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public object? Ask(string sql)
    {
        using NpgsqlConnection connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public void Start() => RunAsServerUser(
        Program("pg_ctl"), "-D", Data, "-w", "-l", Path.Combine(_folder, "log"),
        "-o", string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_wal_size=4GB"), "start");

    /// <summary>Ends every process of the server at once, in the middle of whatever it does.</summary>
    public void Kill() => RunAsServerUser(Program("pg_ctl"), "-D", Data, "-w", "-m", "immediate", "stop");

    public void Dispose()
    {
        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            _guard.WaitForExit();
            _guard.Dispose();
        }
    }

    private static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private static string Program(string name) => Path.Combine(Programs!, name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string[] AsServerUser(params string[] words) => Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. words] : words;

    private static void RunAsServerUser(params string[] words) => Run(AsServerUser(words)[0], AsServerUser(words)[1..]);

    private static void Run(string program, params string[] arguments)
    {
        // The server inherits what its starter writes to: a pipe would never end, so the words of a failure go to the log file instead.
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" > /dev/null", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.");
        }
    }
}
