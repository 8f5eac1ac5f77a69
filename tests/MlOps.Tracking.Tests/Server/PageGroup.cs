namespace MlOps.Tracking.Tests.Server;

/// <summary>The tests that share a <see cref="PageFixture"/>: one store, one server, one browser.</summary>
[CollectionDefinition(Name)]
public sealed class PageGroup : ICollectionFixture<PageFixture>
{
    internal const string Name = "page";
}
