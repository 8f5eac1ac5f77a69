using MlOps.Kernel.Engine;
using MlOps.Kernel.Languages.Sql;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages.Sql;

/// <summary>A notebook of C# and SQL cells, run as the directives run them: as the C# that they become.</summary>
internal sealed class SqlNotebook : IDisposable
{
    private readonly Session _session = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-sql-").FullName;

    internal string File(string name) => Path.Combine(_folder, name);

    internal Task<RanCell> CSharp(string code) => _session.Run(code);

    internal Task<RanCell> Sql(string query, string arguments = "", CancellationToken interrupt = default) =>
        _session.Run(SqlDirectives.Sql(arguments, query, null), interrupt: interrupt);

    internal Task<RanCell> SqlOn(string connection, string query) => _session.Run($"#!sql-{connection}\n{query}");

    internal Task<RanCell> Connect(string arguments) => _session.Run(SqlDirectives.Connect(arguments));

    /// <summary>Runs a query that must succeed and returns the text of everything shown.</summary>
    internal async Task<string> Shown(string query, string arguments = "") => Text(await Sql(query, arguments));

    internal static string Text(RanCell cell)
    {
        Assert.True(cell.Status == CellStatus.Ok, cell.Result.Error is null ? cell.Status.ToString() : cell.Traceback);
        return string.Join("\n\n", cell.Outputs.OfType<DisplayOutput>().Select(output => output.Bundle["text/plain"]));
    }

    /// <summary>Runs a query that must fail and returns the error's message.</summary>
    internal async Task<string> Refused(string query, string arguments = "") => Refusal(await Sql(query, arguments));

    internal static string Refusal(RanCell cell)
    {
        Assert.Equal(CellStatus.Failed, cell.Status);
        Assert.Equal(nameof(SqlCellException), cell.Error.Name);
        return cell.Error.Message;
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
