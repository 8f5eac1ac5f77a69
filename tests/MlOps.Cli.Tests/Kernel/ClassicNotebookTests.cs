namespace MlOps.Cli.Tests.Kernel;

/// <summary>The kernel behind the classic Notebook, used by mouse and keyboard in a real browser.</summary>
public sealed class ClassicNotebookTests
{
    private static readonly ClientScript s_script = ClientScript.Node("classic_notebook.js");

    public static TheoryData<string> Checks => s_script.Checks;

    [ClientTheory(ClientTools.Browser)]
    [MemberData(nameof(Checks))]
    public void Notebook_InABrowser_DoesWhatAStudentExpects(string check) => s_script.AssertPassed(check);
}
