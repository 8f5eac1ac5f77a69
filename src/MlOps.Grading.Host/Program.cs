using System.Globalization;
using MlOps.Grading.Host.Confinement;
using MlOps.Grading.Host.Serving;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Host;

/// <summary>One process, one student's assembly. Order matters: first the pipes, then the limits, then foreign code.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        using PrivateChannel channel = PrivateChannel.Open();
        if (arguments is ["alone", var grader] && OperatingSystem.IsLinux())
        {
            Detach(int.Parse(grader, CultureInfo.InvariantCulture));
        }

        var exchange = new Exchange(SystemCallFilter.Install(), channel);
        while (channel.Read(out ulong nonce) is { } content)
        {
            var json = new JsonOutput(PrivateChannel.HeaderBytes, exchange.ResultBytes);
            exchange.Answer(content, json);
            channel.Write(nonce, json.Frame);
        }

        return 0;
    }

    /// <summary>Without bubblewrap: die with the grader, and have no terminal to type into.</summary>
    private static void Detach(int grader)
    {
        if (LibC.Setsid() < 0 || LibC.Prctl(LibC.SetParentDeathSignal, LibC.SignalKill, 0, 0, 0) < 0 || LibC.Getppid() != grader)
        {
            Environment.Exit(1); // the last: the grader ended before its death could be a signal
        }
    }
}
