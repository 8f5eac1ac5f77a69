using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Sql;

public sealed class SqliteContractTests : TrackingStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-sqlite-");

    public override void Dispose()
    {
        base.Dispose();
        _folder.Delete(recursive: true);
    }

    protected override ITrackingStore Open() => TrackingStore.Open($"sqlite:///{_folder.FullName}/runs.db");
}
