using System.Diagnostics;
using System.Globalization;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Registry;

public sealed class TwoProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-registry-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The child's verb: promotes one version after the other, approves, and says the number of each round that is done.</summary>
    internal static int Promote(string address, string name)
    {
        using ITrackingStore store = TrackingStore.Open(address);
        for (int i = 0; ; i++)
        {
            store.SetAlias("m", "champion", 1 + (i % 3), new PromotionNote(name));
            store.RecordPromotion(new PromotionDraft("m", PromotionAction.Approved, "", 1, null, new PromotionNote(name, i.ToString(CultureInfo.InvariantCulture))));
            Console.Out.WriteLine(i);
            Thread.Sleep(1); // lets the other one in
        }
    }

    [Theory]
    [InlineData("sqlite:///{0}/runs.db")]
    [InlineData("file:{0}/mlruns")]
    public void Promote_TwoProcessesKilledAtAnyMoment_NothingToldIsLostAndTheChainIsWhole(string pattern)
    {
        string address = string.Format(CultureInfo.InvariantCulture, pattern, _folder);
        using ITrackingStore store = TrackingStore.Open(address);
        store.CreateModel("m");
        for (int i = 0; i < 3; i++)
        {
            store.CreateVersion(new NewModelVersion("m", "s3://b/m"));
        }

        var random = new Random(7);
        for (int round = 0; round < 3; round++)
        {
            string[] names = [$"a{round}", $"b{round}"];
            Process[] children = [.. names.Select(name => Process.Start(new ProcessStartInfo("dotnet", [typeof(TwoProcessTests).Assembly.Location, "promote", address, name]) { RedirectStandardOutput = true })!)];
            foreach (Process child in children)
            {
                child.StandardOutput.ReadLine(); // both are at work
            }

            Thread.Sleep(random.Next(20, 150));
            Array.ForEach(children, child => child.Kill());
            int[] told = [.. children.Select(child => child.StandardOutput.ReadToEnd().Split('\n') is { Length: > 1 } lines ? int.Parse(lines[^2], CultureInfo.InvariantCulture) : 0)];
            Array.ForEach(children, child => child.WaitForExit());

            IReadOnlyList<PromotionEntry> log = store.GetPromotionLog();
            LogCheck check = LogCheck.Of(log);
            Assert.True(check.Passed, check.Message);
            for (int i = 0; i < names.Length; i++)
            {
                // Every round that was told is there, at most one more, and none twice.
                int[] noted = [.. log.Where(entry => entry.Action == PromotionAction.Approved && entry.Actor == names[i]).Select(entry => int.Parse(entry.Reason, CultureInfo.InvariantCulture))];
                Assert.Equal(Enumerable.Range(0, noted.Length), noted);
                Assert.InRange(noted.Length, told[i] + 1, told[i] + 2);
            }

            PromotionEntry[] moves = [.. log.Where(entry => entry.Action == PromotionAction.AliasSet)];
            Assert.All(moves.Zip(moves.Skip(1)), pair => Assert.Equal(pair.First.Version, pair.Second.Previous));
            Assert.Equal(moves[^1].Version, store.GetVersionByAlias("m", "champion").Version);
        }
    }
}
