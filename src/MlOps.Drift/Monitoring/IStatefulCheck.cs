namespace MlOps.Drift.Monitoring;

/// <summary>A check that remembers earlier batches, such as a streaming detector.</summary>
/// <remarks>The monitor saves the state with the batch, in one transaction, so that a restart goes on exactly; and it puts the state of
/// before a batch back when the batch could not be stored.</remarks>
public interface IStatefulCheck : IMonitorCheck
{
    /// <summary>Returns the state as text.</summary>
    string Save();

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="FormatException">The text is no state of this check.</exception>
    void Load(string state);
}
