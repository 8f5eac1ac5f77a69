using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Server;

/// <summary>Our client against our server: what goes over the wire is the contract as well.</summary>
public sealed class OwnServerContractTests : TrackingStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-own-server-");
    private ITrackingStore? _served;
    private TrackingServer? _server;

    public override void Dispose()
    {
        base.Dispose();
        _server?.Dispose();
        _served?.Dispose();
        _folder.Delete(recursive: true);
    }

    protected override ITrackingStore Open()
    {
        _served = TrackingStore.Open($"sqlite:///{_folder.FullName}/runs.db");
        _server = TrackingServer.Start(_served, new ServerOptions { Port = 0, Token = "let-me-in" });
        return TrackingStore.Open(_server.Address.ToString(), new StoreOptions { Token = "let-me-in" });
    }
}
