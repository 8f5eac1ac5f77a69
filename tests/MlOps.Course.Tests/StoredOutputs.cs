using System.Diagnostics;
using MlOps.Kernel.Notebooks;

namespace MlOps.Course.Tests;

/// <summary>A reader of the stored notebook sees what the current code computes.</summary>
public sealed class StoredOutputs
{
    [Theory]
    [MemberData(nameof(NotebookRules.Notebooks), MemberType = typeof(NotebookRules))]
    public async Task Notebook_RunAfresh_GivesTheStoredBytes(string name)
    {
        string stored = Repository.At("notebooks", name);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-course-");
        try
        {
            string fresh = Path.Combine(folder.FullName, name);
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "mlops.dll"), "execute", stored, "-o", fresh, "--timeout", "120"])
            {
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            string said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, said);
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
        }
        finally
        {
            folder.Delete(recursive: true);
        }

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
