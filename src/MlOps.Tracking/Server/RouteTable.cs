using System.Collections.Frozen;

namespace MlOps.Tracking.Server;

/// <summary>What answers a path and a method.</summary>
/// <param name="Run">The work.</param>
/// <param name="Writes">Whether it changes something; refused in read-only mode.</param>
internal sealed record Operation(Action<Exchange> Run, bool Writes);

/// <summary>The paths below <c>/api/2.0/mlflow/</c> and its siblings.</summary>
internal sealed class RouteTable
{
    private readonly Dictionary<string, Dictionary<string, Operation>> _building = new(StringComparer.Ordinal);
    private FrozenDictionary<string, Dictionary<string, Operation>>.AlternateLookup<ReadOnlySpan<char>>? _lookup;

    /// <summary>Adds a path that is asked with GET.</summary>
    internal RouteTable Get(string path, Action<Exchange> run) => Add("GET", path, new Operation(run, Writes: false));

    /// <summary>Adds a path that is asked with POST or, with the fields in the address, with GET.</summary>
    internal RouteTable Search(string path, Action<Exchange> run) => Get(path, run).Add("POST", path, new Operation(run, Writes: false));

    /// <summary>Adds a path that changes something.</summary>
    internal RouteTable Change(string method, string path, Action<Exchange> run) => Add(method, path, new Operation(run, Writes: true));

    /// <summary>Returns the methods of a path; null if there is no such path.</summary>
    internal Dictionary<string, Operation>? Find(ReadOnlySpan<char> path)
    {
        _lookup ??= _building.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        return _lookup.Value.TryGetValue(path, out Dictionary<string, Operation>? methods) ? methods : null;
    }

    private RouteTable Add(string method, string path, Operation operation)
    {
        if (!_building.TryGetValue(path, out Dictionary<string, Operation>? methods))
        {
            _building.Add(path, methods = new Dictionary<string, Operation>(StringComparer.Ordinal));
        }

        methods.Add(method, operation);
        return this;
    }
}
