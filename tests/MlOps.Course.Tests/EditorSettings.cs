using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Course.Tests;

/// <summary>What VS Code reads from the repository, on a student's machine and in a dev container.</summary>
public sealed class EditorSettings
{
    private const string Ended = "ms-dotnettools.dotnet-interactive-vscode";

    [Fact]
    public void Recommendations_AreTheExtensionsOfTheDevContainer()
    {
        string[] container = Strings(Load(".devcontainer", "devcontainer.json")["customizations"]!["vscode"]!["extensions"]);
        string[] recommended = Strings(Load(".vscode", "extensions.json")["recommendations"]);
        Assert.Equal(container.Order(StringComparer.Ordinal), recommended.Order(StringComparer.Ordinal));
        Assert.Contains("ms-toolsai.jupyter", recommended);
        Assert.DoesNotContain(Ended, recommended);
        Assert.Contains(Ended, Strings(Load(".vscode", "extensions.json")["unwantedRecommendations"]));
    }

    [Fact]
    public void Settings_LetTheKernelComplete()
    {
        // The extension looks the language up in lower case and by the editor's name for it: "csharp" is found, "C#" is not.
        JsonObject triggers = Load(".vscode", "settings.json")["jupyter.completionTriggerCharacters"]!.AsObject();
        Assert.Contains(".", Strings(triggers["csharp"]));
    }

    [Fact]
    public void Settings_NameASolutionThatIsThere() =>
        Assert.True(File.Exists(Repository.At((string)Load(".vscode", "settings.json")["dotnet.defaultSolution"]!)));

    [Fact]
    public void Notebooks_AskForTheKernelThatIsInstalled() => Assert.All(Directory.EnumerateFiles(Repository.At("notebooks"), "*.ipynb"), path =>
    {
        JsonNode spec = JsonNode.Parse(File.ReadAllText(path))!["metadata"]!["kernelspec"]!;
        Assert.Equal(("mlops-csharp", "C# (MlOps Course)"), ((string)spec["name"]!, (string)spec["display_name"]!));
    });

    // VS Code's dialect: comments are allowed, a comma at the end is not.
    private static JsonObject Load(params string[] path) =>
        JsonNode.Parse(File.ReadAllText(Repository.At(path)), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();

    private static string[] Strings(JsonNode? list) => [.. list!.AsArray().Select(item => (string)item!)];
}
