using MlOps.Kernel.Jupyter;

namespace MlOps.Kernel.Tests.Jupyter;

public sealed class ConnectionFileTests : IDisposable
{
    private const string Good = """
        {"shell_port": 5001, "iopub_port": 5002, "stdin_port": 5003, "control_port": 5004, "hb_port": 5005, "ip": "127.0.0.1",
         "key": "a-b", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "x", "something_new": [1]}
        """;

    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Load_FileOfAFrontEnd_HasItsValues()
    {
        ConnectionFile file = Load(Good);

        Assert.Equal(new ConnectionFile("tcp", "127.0.0.1", 5001, 5002, 5003, 5004, 5005, "a-b", "hmac-sha256"), file);
        Assert.Equal("tcp://127.0.0.1:5002", file.Address(file.Iopub));
    }

    [Fact]
    public void Address_Ipc_IsAFileName() => Assert.Equal("ipc:///tmp/k-5001", (Load(Good) with { Transport = "ipc", Ip = "/tmp/k" }).Address(5001));

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "'transport' is missing")]
    [InlineData("""{"transport": "tcp"}""", "'ip' is missing")]
    [InlineData("""{"transport": "udp"}""", "'udp'")]
    public void Load_BrokenFile_SaysWhatIsWrong(string text, string expected)
    {
        string message = Assert.Throws<InvalidDataException>(() => Load(text)).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(_path, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5001", "70000")]
    [InlineData("5001", "0")]
    [InlineData("5001", "\"5001\"")]
    [InlineData("5001", "1.5")]
    public void Load_BadPort_NamesIt(string port, string bad) =>
        Assert.Contains("'shell_port'", Assert.Throws<InvalidDataException>(() => Load(Good.Replace(port, bad, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_NoFile_Throws() => Assert.Throws<FileNotFoundException>(() => ConnectionFile.Load(_path + ".none"));

    public void Dispose() => File.Delete(_path);

    private ConnectionFile Load(string text)
    {
        File.WriteAllText(_path, text);
        return ConnectionFile.Load(_path);
    }
}
