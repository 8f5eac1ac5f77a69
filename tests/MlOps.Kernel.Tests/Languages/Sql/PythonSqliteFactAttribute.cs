using System.Diagnostics;

namespace MlOps.Kernel.Tests.Languages.Sql;

/// <summary>A test that asks another program's SQLite, Python's; skipped where there is no Python.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonSqliteFactAttribute : FactAttribute
{
    private const string Python = "/usr/bin/python3";

    public PythonSqliteFactAttribute() => Skip = File.Exists(Python) ? null : "needs Python: apt-get install -y python3";

    /// <summary>Runs statements on a database file; returns the rows of the last as Python writes them.</summary>
    internal static string Run(string file, string sql)
    {
        const string Script = """
            import sqlite3, sys
            connection = sqlite3.connect(sys.argv[1])
            for statement in sys.argv[2].split(';'):
                rows = connection.execute(statement).fetchall()
            connection.commit()
            print(rows)
            """;
        var start = new ProcessStartInfo(Python, ["-c", Script, file, sql]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string rows = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? rows : throw new InvalidOperationException($"Python ended with {process.ExitCode}.");
    }
}
