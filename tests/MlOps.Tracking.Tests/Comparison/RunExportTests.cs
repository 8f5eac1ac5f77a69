using System.Text;
using System.Text.Json;
using MlOps.Data;
using MlOps.Tracking.Comparison;

namespace MlOps.Tracking.Tests.Comparison;

public sealed class RunExportTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+lr", "'+lr")]
    [InlineData("'=1", "''=1")] // or reading it back would take an apostrophe off
    [InlineData("-0.5", "-0.5")] // a number is no formula
    [InlineData("-auto", "'-auto")]
    [InlineData("it's", "it's")]
    public void WriteCsv_TextThatIsAFormula_GetsAnApostrophe(string value, string written)
    {
        Run[] runs = [_runs.Add("a", [("p", value)]), _runs.Add("b", [("p", "text")])];
        Assert.Equal(2, RunExport.WriteCsv(runs, _runs.At("runs.csv")));
        Assert.Equal((string?[])[written, "text"], Table.ReadCsv(_runs.At("runs.csv")).Texts("params.p"));
    }

    [Fact]
    public void ToJson_NaNAndInfinity_AreMlflowsTexts()
    {
        Run run = _runs.Add("a", [("lr", "0.1")], new Metric("nan", double.NaN, 0), new Metric("inf", double.NegativeInfinity, 0), new Metric("x", 0.1, 0));
        JsonElement json = JsonDocument.Parse(RunExport.ToJson(run)).RootElement;
        Assert.Equal("NaN", json.GetProperty("metrics").GetProperty("nan").GetString());
        Assert.Equal("-Infinity", json.GetProperty("metrics").GetProperty("inf").GetString());
        Assert.Equal(0.1, json.GetProperty("metrics").GetProperty("x").GetDouble());
        Assert.Equal("0.1", json.GetProperty("params").GetProperty("lr").GetString());
        Assert.Equal("FINISHED", json.GetProperty("status").GetString());
    }

    [Fact]
    public void ToJson_Comparison_HasAValueARun()
    {
        JsonElement json = JsonDocument.Parse(RunExport.ToJson(RunComparison.Of(_runs.Store, [_runs.Add("a", [("lr", "1"), ("d", "3")]), _runs.Add("b", [("d", "3")], new Metric("acc", 1, 0))]))).RootElement;
        Assert.Equal("[\"1\",null]", json.GetProperty("differences").GetProperty("lr").GetRawText());
        Assert.Equal("[null,1]", json.GetProperty("metrics").GetProperty("acc").GetRawText());
        Assert.Equal("3", json.GetProperty("equal").GetProperty("d").GetString());
    }

    [Fact]
    public void WriteJsonLines_ASourceThatBreaks_LeavesTheOldFile()
    {
        string path = _runs.At("runs.jsonl");
        RunExport.WriteJsonLines([_runs.Add("a")], path);
        string before = File.ReadAllText(path);
        Assert.Throws<TimeoutException>(() => RunExport.WriteJsonLines(Broken(), path));
        Assert.Equal(before, File.ReadAllText(path));
        Assert.False(File.Exists(path + ".part"));

        IEnumerable<Run> Broken()
        {
            yield return _runs.Add("b");
            throw new TimeoutException();
        }
    }

    [Fact]
    public void WriteFolder_Run_HasEveryPointAndFile()
    {
        Run run = _runs.Add("a", null, new Metric("loss", 2, 10, 0), new Metric("loss", 1, 20, 1));
        using (var content = new MemoryStream(Encoding.UTF8.GetBytes("hello")))
        {
            _runs.Store.OpenArtifacts(run.Info.ArtifactUri).Write("model/notes.txt", content);
        }

        Assert.Equal(1, RunExport.WriteFolder(_runs.Store, [run], _runs.At("out")));
        Assert.Equal("hello", File.ReadAllText(Path.Combine(_runs.At("out"), run.Info.RunId, "artifacts", "model", "notes.txt")));
        Table points = Table.ReadCsv(Path.Combine(_runs.At("out"), run.Info.RunId, "metrics.csv"));
        Assert.Equal([2.0, 1.0], points.Numbers("value"));
        Assert.Equal([0.0, 1.0], points.Numbers("step"));
        Assert.Equal(run.Info.RunId, JsonDocument.Parse(File.ReadAllText(Path.Combine(_runs.At("out"), "runs.jsonl"))).RootElement.GetProperty("runId").GetString());
        Assert.True(File.Exists(Path.Combine(_runs.At("out"), "runs.csv")));
    }

    [Fact]
    public void WriteFolder_FolderInUse_IsRefused()
    {
        Directory.CreateDirectory(_runs.At("out"));
        File.WriteAllText(Path.Combine(_runs.At("out"), "mine.txt"), "");
        Assert.Contains("not empty", Assert.Throws<IOException>(() => RunExport.WriteFolder(_runs.Store, [], _runs.At("out"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteFolder_RunIdThatIsAPath_IsRefused()
    {
        Run run = _runs.Add("a");
        Run hostile = run with { Info = run.Info with { RunId = "../../etc" } };
        Assert.Throws<IOException>(() => RunExport.WriteFolder(_runs.Store, [hostile], _runs.At("out")));
    }
}
