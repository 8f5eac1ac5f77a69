using MlOps.Tracking;
using MlOps.Tracking.Stores;

namespace MlOps.Cli;

/// <summary>Finds the run that somebody means: by its id, the beginning of it, or its name.</summary>
internal static class RunReference
{
    private const int WholeId = 32;
    private const int LeastDigits = 4; // fewer would soon mean another run
    private const int Shown = 5;
    private const int Most = 100;

    /// <summary>Returns the run, deleted or not.</summary>
    /// <exception cref="ArgumentException">No run is meant, or more than one may be.</exception>
    internal static Run Find(ITrackingStore store, string text, CancellationToken cancellation)
    {
        bool hexadecimal = text.Length > 0 && text.All(char.IsAsciiHexDigitLower);
        if (hexadecimal && text.Length == WholeId)
        {
            return store.GetRun(text);
        }

        Run[] found = hexadecimal && text.Length >= LeastDigits ? Search(store, $"attributes.run_id LIKE '{text}%'", cancellation) : [];
        if (found.Length == 0)
        {
            char quote = text.Contains('\'', StringComparison.Ordinal) ? '"' : '\''; // one with both kinds has no place in a filter, and then none is found
            found = text.Contains('\'', StringComparison.Ordinal) && text.Contains('"', StringComparison.Ordinal) ? [] : Search(store, $"attributes.run_name = {quote}{text}{quote}", cancellation);
        }

        return found.Length switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"There is no run '{text}' in {store.Address}: give an id, at least {LeastDigits} digits of its beginning, or a name. './mlops runs list' shows them."),
            _ => throw new ArgumentException($"'{text}' may be one of {found.Length}{(found.Length == Most ? " or more" : "")} runs: {string.Join(", ", found.Take(Shown).Select(run => $"{run.Info.RunId} ({run.Info.Name})"))}{(found.Length > Shown ? ", …" : "")}."),
        };
    }

    private static Run[] Search(ITrackingStore store, string filter, CancellationToken cancellation) =>
        [.. store.SearchRuns(new RunQuery([.. ExperimentReference.All(store, ViewType.All, cancellation).Select(experiment => experiment.Id)]) { Filter = filter, View = ViewType.All, MaxResults = Most, StrictMlflow = true }, cancellation).Items];
}
