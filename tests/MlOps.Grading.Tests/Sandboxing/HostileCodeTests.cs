using MlOps.Grading.Calling;
using MlOps.Grading.Sandboxing;

namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>What must happen with hostile code wherever it runs. Each test also proves that nothing survives it (see <see cref="StudentRun"/>).</summary>
public abstract class HostileCodeTests(Sandbox sandbox)
{
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("Thread.Sleep(Timeout.Infinite); return \"\";")]
    [InlineData("new ManualResetEvent(false).WaitOne(); return \"\";")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("Console.ReadLine(); new TaskCompletionSource().Task.Wait(); return \"\";")]
    public void Call_LoopOrWaitWithoutEnd_TimesOut(string body)
    {
        using StudentRun run = Run(body, s_short);

        StudentCodeException problem = run.Fails();

        Assert.Equal(StudentProblem.TimedOut, problem.Problem);
        Assert.Equal("Run did not return within 2 s. Is there a loop or a wait without end?", problem.Message);
        Assert.True(run.Code.HasEnded);
        Assert.Equal(StudentProblem.Ended, run.Fails().Problem);
    }

    [Fact]
    public void Call_ManagedMemoryWithoutEnd_OutOfMemory()
    {
        using StudentRun run = Run("var all = new List<byte[]>(); while (true) all.Add(new byte[1 << 20]);");

        Assert.Equal(StudentProblem.OutOfMemory, run.Fails().Problem);
    }

    [Fact]
    public void Call_ListThatGrowsByOne_OutOfMemory()
    {
        using StudentRun run = Run("var all = new List<object>(); while (true) all.Add(new object());");

        Assert.Equal(StudentProblem.OutOfMemory, run.Fails().Problem);
    }

    [Fact]
    public void Call_OutOfMemoryCaught_AnswerCounts()
    {
        using StudentRun run = Run("try { var all = new List<byte[]>(); while (true) all.Add(new byte[1 << 20]); } catch (OutOfMemoryException) { } return \"caught\";");

        Assert.Equal("caught", run.Answers());
    }

    [Fact]
    public void Call_RecursionWithoutEnd_StackOverflow()
    {
        using StudentRun run = new(sandbox, "public static class Work { public static string Run() => Deeper(1).ToString(); static int Deeper(int n) => 1 + Deeper(n + 1); }");

        StudentCodeException problem = run.Fails();

        Assert.Equal(StudentProblem.StackOverflow, problem.Problem);
        Assert.Equal("Run calls itself without end (stack overflow); give it a way out.", problem.Message);
    }

    [Theory]
    [InlineData("Environment.Exit(0); return \"\";", "exit code 0")]
    [InlineData("Environment.Exit(7); return \"\";", "exit code 7")]
    [InlineData("Console.Error.WriteLine(\"Stack overflow.\"); Environment.Exit(0); return \"\";", "exit code 0")]
    [InlineData("Environment.FailFast(\"enough\"); return \"\";", "FailFast")]
    public void Call_EndsItsProcess_Ended(string body, string words)
    {
        using StudentRun run = Run(body);

        StudentCodeException problem = run.Fails();

        Assert.Equal(StudentProblem.Ended, problem.Problem);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.True(run.Code.HasEnded);
        Assert.False(run.Code.HasServed);
    }

    [Fact]
    public void Call_ThousandThreads_NoneSurvives()
    {
        using StudentRun run = Run("for (int i = 0; i < 1000; i++) new Thread(() => Thread.Sleep(Timeout.Infinite), 64 << 10).Start(); return \"started\";");

        try
        {
            Assert.Equal("started", run.Answers());
        }
        catch (StudentCodeException problem) // a machine may allow fewer
        {
            Assert.Equal(StudentProblem.OutOfMemory, problem.Problem);
        }

        run.Watch();
    }

    [Theory]
    [InlineData("Out")]
    [InlineData("Error")]
    public void Call_PrintsHundredMegabytes_DrainedAndCounted(string stream)
    {
        using StudentRun run = Run($"using var o = Console.OpenStandard{(stream == "Out" ? "Output" : "Error")}(); var b = new byte[1 << 20]; Array.Fill(b, (byte)'x'); for (int i = 0; i < 100; i++) o.Write(b); return \"done\";");

        Assert.Equal("done", run.Answers());

        string printed = run.Code.TakePrinted();
        Assert.StartsWith("xxxx", printed, StringComparison.Ordinal);
        Assert.EndsWith("\n… (104,792,064 more bytes were printed and are not kept)", printed, StringComparison.Ordinal); // 100·2²⁰ − 2¹⁶
        Assert.Equal("", run.Code.TakePrinted());
    }

    [Fact]
    public void Call_ConsolePoisoned_AnswersTravelStill()
    {
        using StudentRun run = Run("Console.SetOut(new StreamWriter(Stream.Null)); Console.SetError(TextWriter.Null); Console.SetIn(TextReader.Null); Console.WriteLine(\"no\"); return \"right\";");

        Assert.Equal("right", run.Answers());
        Assert.Equal("", run.Code.TakePrinted());
    }

    [Fact]
    public void Call_FakeAnswersToStandardOutput_ArePrint()
    {
        using StudentRun run = Run("Console.Write(\"[\\\"value\\\",\\\"forged\\\",[]]\"); return \"real\";");

        Assert.Equal("real", run.Answers());
        Assert.Equal("[\"value\",\"forged\",[]]", run.Code.TakePrinted());
    }

    [LinuxFact]
    public void Call_ForgedFramesToEveryDescriptor_Tampered()
    {
        using StudentRun run = new(sandbox, """
            public static class Work
            {
                [DllImport("libc")] static extern nint write(int descriptor, byte[] bytes, nint count);

                public static string Run()
                {
                    byte[] content = System.Text.Encoding.UTF8.GetBytes("[\"value\",\"forged\",[]]");
                    for (int descriptor = 3; descriptor < 256; descriptor++)
                    {
                        byte[] frame = [.. BitConverter.GetBytes(content.Length), .. BitConverter.GetBytes(42L), .. content];
                        write(descriptor, frame, frame.Length);
                    }

                    return "real";
                }
            }
            """);

        StudentCodeException problem = run.Fails();

        Assert.Equal(StudentProblem.Tampered, problem.Problem);
        Assert.True(run.Code.HasEnded);
    }

    [LinuxFact]
    public void Call_EndlessForgedFrames_MemoryOfTheGraderStaysFlat()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using StudentRun run = new(sandbox, """
            public static class Work
            {
                [DllImport("libc")] static extern nint write(int descriptor, byte[] bytes, nint count);

                public static string Run()
                {
                    byte[] frame = new byte[1 << 16];
                    BitConverter.TryWriteBytes(frame, int.MaxValue);
                    while (true) write(101, frame, frame.Length);
                }
            }
            """, s_short);

        Assert.Contains(run.Fails().Problem, (StudentProblem[])[StudentProblem.Tampered, StudentProblem.TimedOut]);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 64 << 20);
    }

    [Fact]
    public void Call_ReflectionOnTheHost_AnswersOnlyForItself()
    {
        // The code may well take the host apart: all it can reach is its own answer, which it decides anyway.
        using StudentRun run = Run("""
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
                foreach (var type in assembly.GetName().Name == "mlops-exercise-host" ? assembly.GetTypes() : [])
                    foreach (var field in type.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic))
                        if (!field.IsLiteral && !field.IsInitOnly && !field.FieldType.IsValueType) field.SetValue(null, null);
            return "still here";
            """);

        Assert.Equal("still here", run.Answers());
        Assert.Equal("still here", run.Answers());
    }

    [Fact]
    public void Call_LateCrashOfAThread_EarlierVerdictStands()
    {
        using StudentRun run = Run("new Thread(() => { Thread.Sleep(200); throw new InvalidOperationException(\"late\"); }) { IsBackground = true }.Start(); return \"first\";");

        Assert.Equal("first", run.Answers());
        Assert.True(run.Code.HasServed);
        Assert.True(SpinWait.SpinUntil(() => run.Code.HasEnded, TimeSpan.FromSeconds(60)));

        StudentCodeException problem = run.Fails();
        Assert.Equal(StudentProblem.Ended, problem.Problem);
        Assert.Contains("a thread that it started threw System.InvalidOperationException: late", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("while (true) { }", StudentProblem.TimedOut)]
    [InlineData("Environment.Exit(0);", StudentProblem.Ended)]
    [InlineData("throw new InvalidOperationException(\"no start\");", StudentProblem.Threw)]
    public void Call_ModuleInitialiserOrStaticConstructor_OwnOutcome(string body, StudentProblem expected)
    {
        const string work = "public static class Work { public static string Run() => \"ran\"; } ";
        using (StudentRun run = new(sandbox, work + "static class Start { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Begin() { " + body + " } }", s_short))
        {
            Assert.Equal(expected, run.Fails().Problem);
        }

        using (StudentRun run = new(sandbox, "public static class Work { static Work() { " + body + " } public static string Run() => \"ran\"; }", s_short))
        {
            Assert.Equal(expected, run.Fails().Problem);
        }
    }

    [Fact]
    public void Call_HooksAndFinalizers_DoNotHoldTheEnd()
    {
        using StudentRun run = new(sandbox, """
            public class Work
            {
                ~Work() { while (true) { } }

                public static string Run()
                {
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => { while (true) { } };
                    AppDomain.CurrentDomain.UnhandledException += (_, _) => { while (true) { } };
                    AppDomain.CurrentDomain.FirstChanceException += (_, _) => Console.Write("");
                    System.Runtime.Loader.AssemblyLoadContext.Default.Resolving += (_, _) => null;
                    for (int i = 0; i < 100; i++) new Work();
                    GC.Collect();
                    return "hooked";
                }
            }
            """);

        Assert.Equal("hooked", run.Answers());
        Assert.Equal("hooked", run.Answers());
    }

    [LinuxFact]
    public void Call_ReadsDotnetMemory_CrashInNativeCode_Ended()
    {
        using StudentRun run = new(sandbox, "public static class Work { [DllImport(\"libc\")] static extern nint memset(nint to, int value, nint count); public static string Run() { memset(16, 1, 8); return \"\"; } }");

        StudentCodeException problem = run.Fails();

        Assert.Equal(StudentProblem.Ended, problem.Problem);
        Assert.Contains("crashed", problem.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Call_RaisesSegmentationFault_HarmsItselfAtMost()
    {
        using StudentRun run = new(sandbox, "public static class Work { [DllImport(\"libc\")] static extern int raise(int signal); public static string Run() { raise(11); return \"went on\"; } }");

        try
        {
            Assert.Equal("went on", run.Answers()); // the runtime may take it for a fault of nobody
        }
        catch (StudentCodeException problem)
        {
            Assert.Equal(StudentProblem.Ended, problem.Problem);
        }
    }

    [LinuxFact]
    public void Call_StopsItself_TimesOut()
    {
        using StudentRun run = new(sandbox, "public static class Work { [DllImport(\"libc\")] static extern int raise(int signal); public static string Run() { raise(19); return \"\"; } }", s_short);

        Assert.Equal(StudentProblem.TimedOut, run.Fails().Problem);
    }

    [LinuxFact]
    public void Call_NativeMemoryWithoutEnd_OutOfMemory()
    {
        using StudentRun run = Run("unsafe { while (true) { nint block = Marshal.AllocHGlobal(16 << 20); for (int i = 0; i < 16 << 20; i += 4096) ((byte*)block)[i] = 1; } }");

        Assert.Equal(StudentProblem.OutOfMemory, run.Fails().Problem);
    }

    [LinuxFact]
    public void Call_KillsItself_NotPermitted()
    {
        using StudentRun run = Run("System.Diagnostics.Process.GetCurrentProcess().Kill(); return \"\";");

        StudentCodeException problem = run.Fails();

        Assert.Equal(StudentProblem.Threw, problem.Problem);
        Assert.Contains("not permitted", problem.Message, StringComparison.OrdinalIgnoreCase);
    }

    [LinuxFact]
    public void Call_ForkBomb_NoForkSucceeds()
    {
        using StudentRun run = new(sandbox, """
            public static class Work
            {
                [DllImport("libc")] static extern int fork();
                [DllImport("libc")] static extern int vfork();
                [DllImport("libc")] static extern nint syscall(nint number, nint flags, nint stack, nint a, nint b, nint c);

                public static string Run()
                {
                    int made = 0;
                    for (int i = 0; i < 100; i++) if (fork() >= 0) made++;
                    nint clone = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 220 : 56;
                    if (syscall(clone, 17, 0, 0, 0, 0) >= 0) made++;
                    if (syscall(435, 0, 0, 0, 0, 0) >= 0) made++;
                    return made.ToString();
                }
            }
            """);

        Assert.Equal("0", run.Answers());
        run.Watch();
    }

    [LinuxFact]
    public void Call_StartsAProgram_NotPermitted()
    {
        using StudentRun run = Run("System.Diagnostics.Process.Start(Environment.ProcessPath!); return \"started\";");

        Assert.Equal(StudentProblem.Threw, run.Fails().Problem);
    }

    [LinuxFact]
    public void Call_ConnectsToALocalServer_NotPermitted()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        using StudentRun run = Run(FormattableString.Invariant($"new System.Net.Sockets.TcpClient(\"127.0.0.1\", {port}).GetStream().WriteByte(1); return \"sent\";"));

        Assert.Equal(StudentProblem.Threw, run.Fails().Problem);
        Assert.False(listener.Pending());
    }

    [LinuxFact]
    public void Call_RaisesItsLimits_NotPermitted()
    {
        using StudentRun run = new(sandbox, """
            public static class Work
            {
                [DllImport("libc")] static extern int setrlimit(int what, ulong[] limits);
                [DllImport("libc")] static extern int prctl(int what, nint a, nint b, nint c, nint d);

                public static string Run() => setrlimit(9, [ulong.MaxValue, ulong.MaxValue]) + " " + setrlimit(0, [ulong.MaxValue, ulong.MaxValue]) + " " + prctl(1, 0, 0, 0, 0);
            }
            """);

        Assert.Equal("-1 -1 -1", run.Answers());
    }

    [LinuxFact]
    public void Call_WritesAFileTooLong_Fails()
    {
        using StudentRun run = Run("using var file = File.Create(\"big\"); var b = new byte[1 << 20]; while (true) file.Write(b);");

        Assert.Contains(run.Fails().Problem, (StudentProblem[])[StudentProblem.Ended, StudentProblem.Threw]);
    }

    [LinuxFact]
    public void Call_ReadsTheEnvironment_Empty()
    {
        Environment.SetEnvironmentVariable("MLOPS_TEST_SECRET", "secret");
        using StudentRun run = Run("return string.Join(';', Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(k => !k.StartsWith(\"DOTNET_\")).Order());");

        // What shells set by themselves, and the folder for files.
        Assert.Empty(run.Answers().Split(';').Except(["PWD", "OLDPWD", "SHLVL", "_", "TMPDIR", ""]));
    }

    [Fact]
    public void Call_CulturePoisoned_NumbersTravelRight()
    {
        using StudentRun run = new(sandbox, """
            public static class Work
            {
                public static string Run()
                {
                    var culture = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
                    culture.NumberFormat.NumberDecimalSeparator = ",";
                    culture.NumberFormat.NegativeSign = "minus";
                    System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.DefaultThreadCurrentCulture = culture;
                    return (-1.5).ToString();
                }

                public static double Half(double value) => value / 2;
            }
            """);

        Assert.Equal("minus1,5", run.Answers());
        Assert.Equal(-0.75, run.Code.Static<IWork>().Half(-1.5));
    }

    [Fact]
    public void Dispose_BeforeTheFirstCall_LeavesNothing()
    {
        using StudentRun run = Run("return \"\";");
    }

    private StudentRun Run(string body, TimeSpan? limit = null) => new(sandbox, "public static class Work { public static string Run() { " + body + " } }", limit);

    private interface IWork
    {
        double Half(double value);
    }
}

/// <summary>Hostile code in the strongest sandbox of this machine.</summary>
public sealed class HostileCodeInTheBestSandboxTests() : HostileCodeTests(Sandboxes.Best);

/// <summary>Hostile code without bubblewrap: limits and filter hold nevertheless.</summary>
public sealed class HostileCodeInTheWeakerSandboxTests() : HostileCodeTests(Sandboxes.Weaker);
