using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Cli.Tests;

/// <summary>The commands of the dev containers, in their order, by <c>/bin/sh</c>, in a clone with an empty home. Tools are stand-ins: the image itself cannot be had here.</summary>
public sealed class DevContainerCommandTests : IDisposable
{
    private const string Dotnet =
        """
        #!/bin/sh
        echo "dotnet $1" >>"$CALLS"
        case "$1" in
          --list-sdks) echo "10.0.100 [/usr/share/dotnet/sdk]" ;;
          publish)
            while [ "$1" != -o ]; do shift; done
            mkdir -p "$2" && : >"$2/mlops.dll" ;;
          */mlops.dll)
            shift
            echo "mlops $*" >>"$CALLS"
            echo "mlops $*" ;;
        esac
        """;

    private const string Npm =
        """
        #!/bin/sh
        [ "$1" = --prefix ] || { echo "10.0.0"; exit; }
        for package in plotly.js-dist-min katex @highlightjs/cdn-assets; do
          mkdir -p "$2/node_modules/$package" && echo '{ "version": "1.0.0" }' >"$2/node_modules/$package/package.json"
        done
        """;

    private readonly ScriptClone _clone = new();

    public DevContainerCommandTests()
    {
        _clone.StandIn("dotnet", Dotnet);
        _clone.StandIn("npm", Npm);
        _clone.StandIn("node", "#!/bin/sh\n[ \"$1\" = -e ] || echo v22.0.0\n");
        _clone.StandIn("sudo", "#!/bin/sh\nexec \"$@\"\n");
        _clone.StandIn("apt-get", "#!/bin/sh\necho \"apt-get $*\" >>\"$CALLS\"\nexit \"${APT:-0}\"\n");
        Directory.CreateDirectory(_clone.At("home"));
    }

    public void Dispose() => _clone.Dispose();

    [UnixTheory]
    [InlineData("devcontainer.json")]
    [InlineData("gpu/devcontainer.json")]
    public void Lifecycle_InOrder_SetsUpInstallsTheKernelAndSaysHowItIs(string file)
    {
        string[] said = Run(file, apt: "0");
        string calls = File.ReadAllText(_clone.At("calls"));
        Assert.Contains("install -q -y --no-install-recommends bubblewrap", calls, StringComparison.Ordinal);
        Assert.Contains("mlops kernel install\n", calls, StringComparison.Ordinal);
        Assert.True(calls.IndexOf("dotnet publish", StringComparison.Ordinal) < calls.IndexOf("mlops kernel install", StringComparison.Ordinal));
        Assert.DoesNotContain("dotnet publish", calls[..calls.IndexOf("apt-get install", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.EndsWith("Everything that the course needs is here.\n", said[^1], StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("devcontainer.json")]
    [InlineData("gpu/devcontainer.json")]
    public void Lifecycle_WithoutADebianMirror_GoesOnAndSaysSo(string file)
    {
        string[] said = Run(file, apt: "100");
        Assert.Contains("Without bubblewrap the checks run with a warning.", said[0], StringComparison.Ordinal);
        Assert.EndsWith("Everything that the course needs is here.\n", said[^1], StringComparison.Ordinal);
    }

    private string[] Run(string file, string apt)
    {
        JsonNode settings = JsonNode.Parse(File.ReadAllText(Path.Combine(MlopsCommand.RepositoryRoot, ".devcontainer", file)), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        var environment = new Dictionary<string, string> { ["HOME"] = _clone.At("home"), ["CALLS"] = _clone.At("calls"), ["APT"] = apt };
        foreach ((string name, JsonNode? value) in settings["containerEnv"]!.AsObject())
        {
            environment[name] = (string)value!;
        }

        return
        [
            .. new[] { "onCreateCommand", "updateContentCommand", "postCreateCommand" }.Select(step =>
            {
                CommandResult result = _clone.Sh(environment, (string)settings[step]!);
                Assert.True(result.ExitCode == 0, $"{step}: {result.Errors}");
                return result.Output;
            }),
        ];
    }
}

/// <summary>A test of a shell's command lines.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (!File.Exists("/bin/bash"))
        {
            Skip = "needs /bin/sh and /bin/bash";
        }
    }
}
