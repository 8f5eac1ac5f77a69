using System.Text.Json.Nodes;
using MlOps.Kernel.Installing;

namespace MlOps.Kernel.Tests.Installing;

/// <summary>The file that front ends read, beside one written by hand from Jupyter's description of kernel specs.</summary>
public sealed class KernelJsonTests
{
    private static readonly string s_version = typeof(KernelSpecFolder).Assembly.GetName().Version!.ToString(3);

    [Fact]
    public void ForScript_PathWithEverything_IsTheFileWrittenByHand() => AssertEqual(
        """
        {
          "argv": ["/home/Zoë $x/\"q\"/launch.sh", "{connection_file}"],
          "display_name": "C# (MlOps Course)",
          "language": "C#",
          "interrupt_mode": "message",
          "metadata": { "mlops_course": { "version": "VERSION" } }
        }
        """,
        KernelJson.ForScript("/home/Zoë $x/\"q\"/launch.sh"));

    [Fact]
    public void ForScript_Text_IsForPeopleToRead()
    {
        string text = KernelJson.ForScript("/home/Zoë/launch.sh");
        Assert.Contains("  \"argv\": [\n    \"/home/Zoë/launch.sh\",\n", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ForWindows_Course_StartsTheCommandItself()
    {
        string course = Path.Combine("C:", "course");
        JsonNode spec = JsonNode.Parse(KernelJson.ForWindows(course, "D:/dotnet"))!;
        Assert.Equal([Path.Combine(course, "artifacts", "mlops", "mlops.exe"), "kernel", "start", "{connection_file}"], spec["argv"]!.AsArray().Select(item => (string)item!));
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["MLOPS_ROOT"] = course, ["DOTNET_ROOT"] = "D:/dotnet" }, spec["env"]));
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["MLOPS_ROOT"] = course }, JsonNode.Parse(KernelJson.ForWindows(course, ""))!["env"]));
        Assert.Equal("message", (string)spec["interrupt_mode"]!);
    }

    private static void AssertEqual(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected.Replace("VERSION", s_version, StringComparison.Ordinal)), JsonNode.Parse(actual)), actual);
}
