namespace MlOps.Cli.Tests.Kernel;

/// <summary>The kernel as zeromq.js sees it, the binding that editors written in JavaScript use.</summary>
public sealed class ZeroMqJsTests
{
    private static readonly ClientScript s_script = ClientScript.Node("zeromq_client.js");

    public static TheoryData<string> Checks => s_script.Checks;

    [ClientTheory(ClientTools.Node)]
    [MemberData(nameof(Checks))]
    public void Request_OfAClientInJavaScript_IsServed(string check) => s_script.AssertPassed(check);
}
