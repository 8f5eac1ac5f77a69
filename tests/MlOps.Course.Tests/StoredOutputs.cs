using MlOps.Kernel.Notebooks;

namespace MlOps.Course.Tests;

/// <summary>A reader of the stored notebook sees what the current code computes.</summary>
[Collection(OfflineCollection.Name)]
public sealed class StoredOutputs(OfflineCourse course)
{
    [Theory]
    [MemberData(nameof(NotebookRules.Notebooks), MemberType = typeof(NotebookRules))]
    public void Notebook_RunAfresh_GivesTheStoredBytes(string name)
    {
        string stored = Repository.At("notebooks", name);
        string fresh = course.At("artifacts", "notebooks", name);
        string said = course.Run.Output + course.Run.Errors; // in full: it names the cell that failed
        Assert.True(File.Exists(fresh), said);
        NotebookFile before = NotebookFile.Load(stored);
        NotebookFile now = NotebookFile.Load(fresh);
        foreach ((NotebookCell expected, NotebookCell actual) in before.Cells.Zip(now.Cells).Where(pair => pair.First.Tags.Contains("measured")))
        {
            Assert.Equal(Kinds(expected), Kinds(actual)); // other times, and still a table where there was one
        }

        now = now.KeepMeasured(before);
        foreach ((NotebookCell expected, NotebookCell actual) in before.Cells.Zip(now.Cells))
        {
            Assert.Equal(Text(expected), Text(actual)); // names the cell; the bytes below would only say "different"
        }

        Assert.True(File.ReadAllText(stored) == now.ToJson(), $"{name} is out of date: ./mlops run --update");

        static string[] Kinds(NotebookCell cell) => [.. cell.Outputs.Select(output => output is StoredDisplay display ? string.Join(' ', display.Data.Keys.Order(StringComparer.Ordinal)) : output.GetType().Name)];

        static string Text(NotebookCell cell) => cell.Source + "\n---\n" + string.Join('\n', cell.Outputs.Select(output => output switch
        {
            StoredStream stream => stream.Text,
            StoredDisplay display => display.Text("text/plain"),
            StoredError error => string.Join('\n', error.Traceback),
            _ => string.Empty,
        }));
    }
}
