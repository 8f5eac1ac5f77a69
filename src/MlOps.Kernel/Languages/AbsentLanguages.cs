namespace MlOps.Kernel.Languages;

/// <summary>What .NET Interactive had and this notebook engine lacks, with what to do instead.</summary>
internal static class AbsentLanguages
{
    private const string FSharp = "F# cells do not run here. Build the F# code as a library and refer to it with #r \"path/to/the.dll\", or write the cell in C#.";
    private const string PowerShell = "PowerShell cells do not run here. Use #!sh, or write the cell in C#: File, Directory and Process do what most scripts do.";
    private const string Python = "Python cells do not run here. Use a notebook with a Python kernel and exchange files, or start python from #!sh.";

    private static readonly Dictionary<string, string> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fsharp"] = FSharp,
        ["f#"] = FSharp,
        ["fs"] = FSharp,
        ["pwsh"] = PowerShell,
        ["powershell"] = PowerShell,
        ["python"] = Python,
        ["python3"] = Python,
        ["r"] = "R cells do not run here. Use a notebook with an R kernel and exchange files, or start Rscript from #!sh.",
        ["kql"] = "KQL cells do not run here. Query the service from C# with its client library.",
        ["http"] = "HTTP cells do not run here. Write C#: await new HttpClient().GetStringAsync(\"…\").",
        ["log"] = "#!log does not exist here. Print what you want to see with Console.WriteLine.",
        ["vscode"] = "The editor takes no commands from cells here. Write the cell in C#.",
        ["webview"] = "There is no separate web view here. Use #!html or #!javascript.",
    };

    /// <summary>The advice for a name; null if .NET Interactive had nothing of that name.</summary>
    internal static string? Advice(string name) => ByName.GetValueOrDefault(name);
}
