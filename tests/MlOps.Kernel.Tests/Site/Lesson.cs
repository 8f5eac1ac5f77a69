using System.Text.Json.Nodes;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Tests.Site;

/// <summary>Notebooks made in the test that uses them.</summary>
internal static class Lesson
{
    internal static NotebookFile Of(params JsonObject[] cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i]["id"] = FormattableString.Invariant($"c{i}");
        }

        return NotebookFile.Parse(
            new JsonObject
            {
                ["cells"] = new JsonArray([.. cells]),
                ["metadata"] = new JsonObject { ["language_info"] = new JsonObject { ["name"] = "C#" } },
                ["nbformat"] = 4,
                ["nbformat_minor"] = 5,
            }.ToJsonString(),
            "test.ipynb");
    }

    internal static JsonObject Markdown(string source) => new()
    {
        ["cell_type"] = "markdown",
        ["metadata"] = new JsonObject(),
        ["source"] = source,
    };

    internal static JsonObject Code(string source, params JsonObject[] outputs) => Tagged([], source, outputs);

    internal static JsonObject Tagged(string[] tags, string source, params JsonObject[] outputs) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) },
        ["outputs"] = new JsonArray([.. outputs]),
        ["source"] = source,
    };

    internal static JsonObject Stream(string text, string name = "stdout") => new()
    {
        ["output_type"] = "stream",
        ["name"] = name,
        ["text"] = text,
    };

    internal static JsonObject Error(string name, string message, params string[] traceback) => new()
    {
        ["output_type"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray([.. traceback.Select(line => JsonValue.Create(line))]),
    };

    internal static JsonObject Display(params (string Mime, string Content)[] bundle)
    {
        var data = new JsonObject();
        foreach ((string mime, string content) in bundle)
        {
            data[mime] = mime.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(content) : JsonValue.Create(content);
        }

        return new JsonObject { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = data };
    }

    internal static JsonObject Chart(string title = "PSI crosses 0.1 in month 11", string text = "PSI by month: 0.02 rising to 0.3.") => Display(
        ("application/vnd.plotly.v1+json", $$$"""{"data":[{"type":"bar","x":["a","b"],"y":[1,2]}],"layout":{"title":{"text":"<b>{{{title}}}</b>"},"height":400},"config":{}}"""),
        ("image/svg+xml", """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 420"><rect width="720" height="420" fill="#ffffff"/></svg>"""),
        ("text/html", "<b>not this one</b>"),
        ("text/plain", text));
}
