using System.Security.Cryptography;
using YamlDotNet.RepresentationModel;

namespace MlOps.Cli.Tests;

/// <summary>The example workflow for a model: what a push runs ends in a package, and what is bad ends at the gate that is meant for it.</summary>
public sealed class ModelWorkflowTests
{
    [BashFact]
    public void Push_PassesEveryGateAndPackages()
    {
        using var run = new WorkflowRun();
        Assert.True(run.Failure is null, $"{run.Failure} {run.Log}");
        Assert.StartsWith("## Packaged: every gate was passed\n", run.Summary, StringComparison.Ordinal);

        string kept = Assert.Single(WorkflowRun.Steps, step => step.Children.ContainsKey("uses") && step["uses"].ToString().StartsWith("actions/upload-artifact@", StringComparison.Ordinal))["with"]["path"].ToString();
        Assert.Equal(["SHA256SUMS", "drift.html", "fairness.html", "model-card.md", "model.onnx", "origin.txt", "reports"], Directory.EnumerateFileSystemEntries(run.At(kept)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.True(new FileInfo(run.At(kept, "model.onnx")).Length < new FileInfo(run.At("model.onnx")).Length, "the small model is not smaller.");
        Assert.Equal("commit c0ffee, run https://example.org/us/loans/actions/runs/7\n", File.ReadAllText(run.At(kept, "origin.txt")));
        string[][] sums = [.. File.ReadLines(run.At(kept, "SHA256SUMS")).Select(line => line.Split("  "))];
        Assert.Equal(["drift.html", "fairness.html", "model-card.md", "model.onnx", "origin.txt"], sums.Select(sum => sum[1]).Order(StringComparer.Ordinal));
        Assert.All(sums, sum => Assert.Equal(sum[0], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(run.At(kept, sum[1]))))));
    }

    [BashTheory]
    [InlineData("last_month", "15", "Gate: do the same people apply?", "2 of 9 columns have drifted: city_tier, employment")]
    [InlineData("features", "age,purpose", "Gate: is it good enough?", "FAIL  auc")]
    [InlineData("features", "age,city_tier,employment,purpose,income,amount,tenure_months,existing_emi,credit_score,pin_cluster", "Gate: is it fair?", "gate failed: pin_cluster")]
    public void Dispatch_WhatIsBad_StopsAtItsGateAndTheSummarySaysWhy(string input, string value, string gate, string reason)
    {
        using var run = new WorkflowRun((input, value));
        Assert.Equal((gate, 1), run.Failure);
        Assert.StartsWith("## Not packaged: the last report says why\n", run.Summary, StringComparison.Ordinal);
        Assert.Contains(reason, run.Summary[run.Summary.LastIndexOf("###", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.False(File.Exists(run.At("package", "SHA256SUMS")));
    }

    [Fact]
    public void Inputs_HaveTheDefaultsThatAPushUses()
    {
        string[] values = [.. ((YamlMappingNode)WorkflowRun.Workflow["env"]).Select(pair => pair.Value.ToString())];
        Assert.All((YamlMappingNode)WorkflowRun.Workflow["on"]["workflow_dispatch"]["inputs"],
            input => Assert.Contains($"${{{{ inputs.{input.Key} || '{input.Value["default"]}' }}}}", values));
    }
}

/// <summary>A test, with several cases, of shell scripts.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BashTheoryAttribute : TheoryAttribute
{
    public BashTheoryAttribute() => Skip = new BashFactAttribute().Skip;
}
