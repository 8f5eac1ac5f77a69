using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Course.Tests;

/// <summary>What GitHub accepts as an issue form, by its documented syntax; it shows a form with a mistake as no form at all.</summary>
public sealed partial class IssueForms
{
    private static readonly Dictionary<string, string[]> s_attributes = new(StringComparer.Ordinal)
    {
        ["markdown"] = ["value"],
        ["input"] = ["label", "description", "placeholder", "value"],
        ["textarea"] = ["label", "description", "placeholder", "value", "render"],
        ["dropdown"] = ["label", "description", "options", "multiple", "default"],
        ["checkboxes"] = ["label", "description", "options"],
    };

    private static readonly string s_folder = Repository.At(".github", "ISSUE_TEMPLATE");

    [Fact]
    public void Forms_AreWhatGitHubAccepts()
    {
        string[] forms = Files();
        Assert.True(forms.Length > 0 || !Directory.Exists(Repository.At("eng", "student")), "the course has lost its forms."); // the student edition has none
        Assert.All(forms, path =>
        {
            YamlMappingNode form = Load(path);
            Assert.Empty(Keys(form).Except(["name", "description", "title", "labels", "assignees", "projects", "type", "body"]));
            Assert.NotEmpty(form["name"].ToString());
            Assert.NotEmpty(form["description"].ToString());
            YamlMappingNode[] body = [.. ((YamlSequenceNode)form["body"]).Cast<YamlMappingNode>()];
            Assert.All(body, CheckField);
            string[] ids = [.. body.Where(field => Has(field, "id")).Select(field => field["id"].ToString())];
            Assert.Equal(ids.Distinct(), ids);
            Assert.Contains(body, field => field["type"].ToString() != "markdown");
        });
    }

    [Fact]
    public void Problem_AsksForTheDoctorTheWeekAndTheSystem()
    {
        if (Files().SingleOrDefault(path => Path.GetFileName(path) == "problem.yml") is { } problem)
        {
            YamlNode[] required = [.. ((YamlSequenceNode)Load(problem)["body"]).Where(field => Has(field, "validations") && field["validations"]["required"].ToString() == "true")];
            Assert.Equal(["system", "week", "steps", "doctor"], required.Select(field => field["id"].ToString()));
            Assert.Contains("./mlops doctor", required[^1]["attributes"]["label"].ToString(), StringComparison.Ordinal);
        }
    }

    private static void CheckField(YamlMappingNode field)
    {
        string type = field["type"].ToString();
        Assert.Contains(type, s_attributes.Keys);
        Assert.Empty(Keys(field).Except(["type", "id", "attributes", "validations"]));
        var attributes = (YamlMappingNode)field["attributes"];
        Assert.Empty(Keys(attributes).Except(s_attributes[type]));
        Assert.True(Has(attributes, type == "markdown" ? "value" : "label"), $"a field of type {type} says nothing.");
        if (Has(field, "id"))
        {
            Assert.Matches(Id(), field["id"].ToString());
        }

        if (Has(field, "validations"))
        {
            Assert.Equal(["required"], Keys((YamlMappingNode)field["validations"]));
        }

        if (type == "dropdown")
        {
            string[] options = [.. ((YamlSequenceNode)attributes["options"]).Select(option => option.ToString())];
            Assert.Equal(options.Distinct(), options);
            Assert.True(options.Length > 0 && (!Has(attributes, "default") || int.Parse(attributes["default"].ToString(), System.Globalization.CultureInfo.InvariantCulture) < options.Length), "the default is none of the options.");
        }
    }

    private static string[] Files() => Directory.Exists(s_folder) ? [.. Directory.EnumerateFiles(s_folder, "*.yml").Where(path => Path.GetFileName(path) != "config.yml")] : [];

    private static YamlMappingNode Load(string path)
    {
        using StreamReader reader = File.OpenText(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static string[] Keys(YamlMappingNode map) => [.. map.Children.Keys.Select(key => key.ToString())];

    private static bool Has(YamlNode node, string key) => ((YamlMappingNode)node).Children.ContainsKey(key);

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Id();
}
