using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Files;

/// <summary>The contract of all stores, on MLflow's folder layout.</summary>
public sealed class FileContractTests : TrackingStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-files-");

    public override void Dispose()
    {
        base.Dispose();
        _folder.Delete(recursive: true);
    }

    protected override ITrackingStore Open() => TrackingStore.Open($"file:{_folder.FullName}/mlruns");
}
