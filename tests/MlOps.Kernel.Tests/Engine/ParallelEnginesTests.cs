namespace MlOps.Kernel.Tests.Engine;

public sealed class ParallelEnginesTests
{
    /// <summary>Proves most when it runs first in its process: the compiler reads the framework once.</summary>
    [Fact]
    public async Task Run_EnginesThatStartTogether_EachUnderstandsLaterCells()
    {
        using var together = new Barrier(3);
        Task<RanCell>[] engines = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var session = new Session();
                together.SignalAndWait();
                return session.RunAll("var xs = new List<int> { 1, 2, 3 };", "class Person { }", "xs.Where(x => x > 1).Count()").GetAwaiter().GetResult();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];

        RanCell[] cells = await Task.WhenAll(engines);

        Assert.All(cells, cell => Assert.Equal(2, cell.Value));
    }
}
