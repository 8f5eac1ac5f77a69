namespace MlOps.Cli.Tests.Kernel;

/// <summary>Whole notebooks through the programs that others run them with.</summary>
public sealed class NotebookRunTests
{
    private static readonly ClientScript s_script = ClientScript.Python("run_notebooks");

    public static TheoryData<string> Checks => s_script.Checks;

    [ClientTheory(ClientTools.Python)]
    [MemberData(nameof(Checks))]
    public void Notebook_RunByNbclientOrNbconvert_ShowsWhatItShould(string check) => s_script.AssertPassed(check);
}
