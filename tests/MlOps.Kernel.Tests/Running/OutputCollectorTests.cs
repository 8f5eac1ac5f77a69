using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Running;

namespace MlOps.Kernel.Tests.Running;

public sealed class OutputCollectorTests
{
    private readonly OutputCollector _collector = new(cells: 2);

    [Fact]
    public void Add_NeighbouringTextOfOneStream_IsOneOutput()
    {
        Send(0, new Written("stdout", "a"), new Written("stdout", "b"), new Written("stderr", "c"), new Written("stdout", "d"));
        Assert.Equal(["stdout:ab", "stderr:c", "stdout:d"], Texts(0));
    }

    [Fact]
    public void Add_UpdateFromALaterCell_ChangesTheFirstDisplay()
    {
        Send(0, Text("old", "p"), new Written("stdout", "x"));
        Send(1, Text("new", "p", isUpdate: true));
        Assert.Equal(["new", "stdout:x"], Texts(0));
        Assert.Empty(Texts(1));
    }

    [Fact]
    public void Add_ClearAtOnce_RemovesWhatWasThere()
    {
        Send(0, Text("old", "p"), new Cleared(Wait: false), Text("next", "q"));
        Assert.Equal(["next"], Texts(0));
    }

    [Fact]
    public void Add_ClearThatWaits_KeepsTheOldUntilTheNextComes()
    {
        Send(0, Text("old", "p"), new Cleared(Wait: true));
        Assert.Equal(["old"], Texts(0));
        Send(0, new Written("stdout", "x"));
        Assert.Equal(["stdout:x"], Texts(0));
    }

    [Fact]
    public void Add_UpdateOfAClearedDisplay_IsShownAnew()
    {
        Send(0, Text("first", "p"), Text("second", "q"), new Cleared(Wait: false), Text("third", "r"), Text("q again", "q", isUpdate: true));
        Assert.Equal(["third", "q again"], Texts(0));
    }

    [Fact]
    public void Add_TextThatClaimsToBeJson_StaysText()
    {
        Send(0, new Shown(new Dictionary<string, string> { ["application/json"] = "{oops", ["text/plain"] = "x" }, null, false, false));
        Assert.Equal("\"{oops\"", ((StoredDisplay)_collector.Outputs(0).Single()).Text("application/json"));
    }

    private void Send(int cell, params WorkerMessage[] messages)
    {
        foreach (WorkerMessage message in messages)
        {
            _collector.Add(cell, message);
        }
    }

    private static Shown Text(string text, string id, bool isUpdate = false) =>
        new(new Dictionary<string, string> { ["text/plain"] = text }, id, isUpdate, IsResult: false);

    private IEnumerable<string> Texts(int cell) => _collector.Outputs(cell).Select(output => output switch
    {
        StoredStream stream => $"{stream.Name}:{stream.Text}",
        StoredDisplay display => display.Text("text/plain")!,
        _ => throw new InvalidOperationException(),
    });
}
