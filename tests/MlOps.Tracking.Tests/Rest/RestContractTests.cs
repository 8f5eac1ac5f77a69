using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Rest;

/// <summary>The contract over REST, against a server as MLflow 3 is.</summary>
[Needs(typeof(MlflowServer))]
public sealed class RestContractTests(RestContractTests.Modern fixture) : TrackingStoreContract, IClassFixture<RestContractTests.Modern>
{
    protected override bool UnderstandsMoreThanMlflow => false;

    protected override bool LogIsOneChain => false;

    protected override ITrackingStore Open() => TrackingStore.Open(fixture.Server.Address);

    public sealed class Modern : IDisposable
    {
        private readonly Lazy<MlflowServer> _server = new(() => new MlflowServer("--history-page", "700"));

        internal MlflowServer Server => _server.Value;

        public void Dispose()
        {
            if (_server.IsValueCreated)
            {
                _server.Value.Dispose();
            }
        }
    }
}

/// <summary>The same against a server as MLflow 2.17 is, whose whole numbers come as text, under a path, with a password.</summary>
[Needs(typeof(MlflowServer))]
public sealed class RestOldServerContractTests(RestOldServerContractTests.Old fixture) : TrackingStoreContract, IClassFixture<RestOldServerContractTests.Old>
{
    protected override bool UnderstandsMoreThanMlflow => false;

    protected override bool LogIsOneChain => false;

    protected override ITrackingStore Open() => TrackingStore.Open($"http://as%40ha:p%3Aw@127.0.0.1:{fixture.Server.Port}/ml/flow/");

    public sealed class Old : IDisposable
    {
        private readonly Lazy<MlflowServer> _server = new(() => new MlflowServer("--dialect", "2", "--int64-strings", "--require-basic", "as@ha:p:w", "--prefix", "/ml/flow"));

        internal MlflowServer Server => _server.Value;

        public void Dispose()
        {
            if (_server.IsValueCreated)
            {
                _server.Value.Dispose();
            }
        }
    }
}

/// <summary>The same against a server that keeps the promotion log, as ours does.</summary>
[Needs(typeof(MlflowServer))]
public sealed class RestPromotionsContractTests(RestPromotionsContractTests.Promotions fixture) : TrackingStoreContract, IClassFixture<RestPromotionsContractTests.Promotions>
{
    protected override bool UnderstandsMoreThanMlflow => false;

    protected override ITrackingStore Open() => TrackingStore.Open(fixture.Server.Address, new StoreOptions { Token = "s3cret" });

    public sealed class Promotions : IDisposable
    {
        private readonly Lazy<MlflowServer> _server = new(() => new MlflowServer("--promotions", "--require-token", "s3cret"));

        internal MlflowServer Server => _server.Value;

        public void Dispose()
        {
            if (_server.IsValueCreated)
            {
                _server.Value.Dispose();
            }
        }
    }
}
