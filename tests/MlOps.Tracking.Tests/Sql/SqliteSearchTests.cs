using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Sql;

public sealed class SqliteSearchTests : SqliteFolder
{
    [Fact]
    public void SearchRuns_RandomQueries_EqualGoingThroughAllRuns()
    {
        using ITrackingStore store = Open();
        SearchOracle.Fill(store);
        SearchOracle.Check(store, queries: 400);
    }
}
