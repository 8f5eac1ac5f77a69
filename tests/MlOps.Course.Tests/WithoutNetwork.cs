namespace MlOps.Course.Tests;

/// <summary>After set-up nothing asks for the network: the launcher and its verbs in a namespace that has none.</summary>
[Collection(OfflineCollection.Name)]
public sealed class WithoutNetwork(OfflineCourse course)
{
    [OfflineFact]
    public void Here_OnlyTheLoopbackIsThere()
    {
        string[] devices = [.. course.Bash("-c", "cat /proc/net/dev").Output.Split('\n').Where(line => line.Contains(':', StringComparison.Ordinal)).Select(line => line.Split(':')[0].Trim())];
        Assert.Equal(["lo"], devices);
    }

    [OfflineFact]
    public void Run_EveryNotebook_WritesTheSite()
    {
        Assert.True(course.Run.ExitCode == 0, course.Run.Output + course.Run.Errors);
        Assert.Equal("", course.Run.Errors); // no set-up began, nothing was missing
        Assert.True(File.Exists(course.At("artifacts", "site", "index.html")));
    }

    [OfflineFact]
    public void Check_AStarter_IsGradedAsUsual()
    {
        OfflineCourse.Said check = course.Mlops("check", "12.3");
        Assert.Equal(1, check.ExitCode); // it is not solved yet
        Assert.Contains("12.3", check.Output, StringComparison.Ordinal);
        Assert.Contains("12", course.Mlops("status").Output, StringComparison.Ordinal);
    }

    [OfflineFact]
    public void TrainAndDrift_OwnFiles_Work()
    {
        string loans = course.At("datasets", "loan-applications", "loan-applications.csv");
        OfflineCourse.Said train = course.Mlops("train", loans, "--label", "decision", "--model", "logistic", "--out", course.At("model.onnx"));
        Assert.True(train.ExitCode == 0, train.Errors);
        OfflineCourse.Said drift = course.Mlops("drift", loans, loans);
        Assert.True(drift.ExitCode == 0, drift.Errors);
    }

    [OfflineFact]
    public void KernelStart_AConnectionFile_AnswersOnItsPort()
    {
        // In a namespace of its own every port is free. A ZeroMQ peer greets with FF first (ZMTP 3.0, 2.1).
        const string Connection = """{"transport":"tcp","ip":"127.0.0.1","shell_port":53211,"iopub_port":53212,"stdin_port":53213,"control_port":53214,"hb_port":53215,"key":"k","signature_scheme":"hmac-sha256","kernel_name":""}""";
        File.WriteAllText(course.At("connection.json"), Connection);
        OfflineCourse.Said kernel = course.Bash(
            "-c",
            """
            bash mlops kernel start "$PWD/connection.json" & kernel=$!
            for _ in $(seq 300); do
              if { exec 3<>/dev/tcp/127.0.0.1/53211; } 2>/dev/null; then head -c 1 <&3 | od -An -tx1; kill $kernel; exit 0; fi
              sleep 0.1
            done
            """);
        Assert.True(kernel.Output.Trim() == "ff", kernel.Output + kernel.Errors);
    }
}
