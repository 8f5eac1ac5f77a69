using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Contract;

/// <summary>What every store must do, whatever it keeps its data in. A class for each kind derives from this one.</summary>
/// <remarks>The expectations are MLflow's documented and observed behaviour. Tests may share a store, so each makes experiments and models of its own.</remarks>
public abstract partial class TrackingStoreContract : IDisposable
{
    private ITrackingStore? _store;

    protected ITrackingStore Store => _store ??= Open();

    /// <summary>Whether OR, NOT, IS NULL and parentheses work: a stranger's MLflow server refuses them.</summary>
    protected virtual bool UnderstandsMoreThanMlflow => true;

    public virtual void Dispose()
    {
        _store?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store, once a test.</summary>
    protected abstract ITrackingStore Open();

    private static string Unique(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    private static void Refused(TrackingError error, Action action) => Assert.Equal(error, Assert.Throws<TrackingException>(action).Error);

    private string NewExperiment() => Store.CreateExperiment(Unique("experiment"));

    private string NewRun(string? experiment = null, string? name = null, long? start = null) =>
        Store.CreateRun(new NewRun(experiment ?? NewExperiment()) { Name = name, StartTime = start }).Info.RunId;
}
