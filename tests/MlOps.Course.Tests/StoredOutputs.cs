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
            foreach ((NotebookCell expected, NotebookCell actual) in NotebookFile.Load(stored).Cells.Zip(NotebookFile.Load(fresh).Cells))
            {
                Assert.Equal(Text(expected), Text(actual)); // names the cell; the bytes below would only say "different"
            }

            Assert.True(File.ReadAllText(stored) == File.ReadAllText(fresh), $"{name} is out of date: ./mlops run --update");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static string Text(NotebookCell cell) => cell.Source + "\n---\n" + string.Join('\n', cell.Outputs.Select(output => output switch
        {
            StoredStream stream => stream.Text,
            StoredDisplay display => display.Text("text/plain"),
            StoredError error => string.Join('\n', error.Traceback),
            _ => string.Empty,
        }));
    }
}
