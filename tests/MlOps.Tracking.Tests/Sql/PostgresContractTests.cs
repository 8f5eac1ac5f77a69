using MlOps.Drift.Tests.Sql;
using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Sql;

[Needs(typeof(PostgresServer))]
public sealed class PostgresContractTests(PostgresServer server) : TrackingStoreContract, IClassFixture<PostgresServer>
{
    protected override ITrackingStore Open() => TrackingStore.Open(PostgresAddress.Of(server));
}
