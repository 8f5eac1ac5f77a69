namespace MlOps.Tracking.Sql;

/// <summary>Where a run's number stands among some, which are sorted upwards; at least one.</summary>
internal sealed class RunPlaces
{
    private readonly long _first;
    private readonly int[] _places; // by the number's distance from the first: the runs of an experiment lie close together

    internal RunPlaces(long[] runs)
    {
        _first = runs[0];
        _places = new int[runs[^1] - _first + 1];
        _places.AsSpan().Fill(-1);
        for (int i = 0; i < runs.Length; i++)
        {
            _places[runs[i] - _first] = i;
        }

        Count = runs.Length;
    }

    internal int Count { get; }

    /// <summary>Returns the place; −1 for a number that is not among them.</summary>
    internal int Of(long run) => run >= _first && run - _first < _places.Length ? _places[run - _first] : -1;
}
