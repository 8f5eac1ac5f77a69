using System.Diagnostics;
using MlOps.Kernel.Tests.Engine;
using MlOps.Kernel.Tests.Site;

namespace MlOps.Kernel.Tests.Languages;

/// <summary>What a browser makes of script cells.</summary>
public sealed class ScriptBrowserTests
{
    [ChromiumFact]
    public async Task Script_InABrowser_DrawsBelowItsCell()
    {
        using var session = new Session();
        await session.Run("var rows = new[] { new { Name = \"</script><b>x\", Value = 2.5 } };");
        RanCell[] cells =
        [
            await session.Run("#!js\n#!share --from csharp rows\nelement.append('first ' + rows[0].Name + rows[0].Value + ' </script>');\nreturn 5;"),
            await session.Run("#!js\nconst rows = 'second';\nawait new Promise(done => setTimeout(done, 10));\nelement.append(rows);"),
            await session.Run("#!js\nthrow new Error('third');"),
            await session.Run("#!html\n#!set --name word --value fourth\n<p id='w'></p><script>document.getElementById('w').textContent = word;</script>"),
        ];
        string folder = Directory.CreateTempSubdirectory("script").FullName;
        string page = Path.Combine(folder, "page.html");
        await File.WriteAllTextAsync(page, "<meta charset=utf-8>" + string.Concat(cells.Select(cell => $"<section>{cell.Displays("text/html").Single()}</section>\n")));

        string dom = await Open(page, folder);

        Assert.Contains("first &lt;/script&gt;&lt;b&gt;x2.5 &lt;/script&gt;</div>", dom, StringComparison.Ordinal);
        Assert.Contains(">second</div>", dom, StringComparison.Ordinal);
        Assert.Contains(">Error: third</div>", dom, StringComparison.Ordinal);
        Assert.Contains(">fourth</p>", dom, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> Open(string page, string folder)
    {
        string[] arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + Path.Combine(folder, "profile"), "--virtual-time-budget=5000", "--dump-dom", new Uri(page).AbsoluteUri];
        using Process browser = Process.Start(new ProcessStartInfo(ChromiumFactAttribute.Browser!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = browser.StandardError.ReadToEndAsync();
        string dom = await browser.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await browser.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await errors;
        return dom;
    }
}
