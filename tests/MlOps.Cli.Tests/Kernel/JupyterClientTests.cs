namespace MlOps.Cli.Tests.Kernel;

/// <summary>The kernel as Jupyter's own client library sees it; the checks were first tried on ipykernel.</summary>
public sealed class JupyterClientTests
{
    private static readonly ClientScript s_suite = ClientScript.Python("kernel_test_suite");
    private static readonly ClientScript s_protocol = ClientScript.Python("protocol");
    private static readonly ClientScript s_wire = ClientScript.Python("wire");
    private static readonly ClientScript s_faults = ClientScript.Python("faults");

    public static TheoryData<string> Protocol => s_protocol.Checks;

    public static TheoryData<string> Wire => s_wire.Checks;

    public static TheoryData<string> Faults => s_faults.Checks;

    /// <summary>Jupyter's own suite; its test of the pager is for kernels that have one.</summary>
    [ClientTheory(ClientTools.Python)]
    [InlineData("test_kernel_info")]
    [InlineData("test_execute_stdout")]
    [InlineData("test_execute_stderr")]
    [InlineData("test_execute_result")]
    [InlineData("test_display_data")]
    [InlineData("test_clear_output")]
    [InlineData("test_error")]
    [InlineData("test_completion")]
    [InlineData("test_is_complete")]
    [InlineData("test_inspect")]
    [InlineData("test_history")]
    public void Suite_OfJupyterForKernels_IsGreen(string check) => s_suite.AssertPassed(check);

    [ClientTheory(ClientTools.Python)]
    [MemberData(nameof(Protocol))]
    public void Request_OfAFrontEnd_IsServed(string check) => s_protocol.AssertPassed(check);

    [ClientTheory(ClientTools.Python)]
    [MemberData(nameof(Wire))]
    public void Message_NoClientShouldSend_LeavesTheKernelWorking(string check) => s_wire.AssertPassed(check);

    [ClientTheory(ClientTools.Python)]
    [MemberData(nameof(Faults))]
    public void Fault_OfCellClientOrMachine_ComesToAClearEnd(string check) => s_faults.AssertPassed(check);
}
