namespace MlOps.Grading.Sandboxing;

/// <summary>Hosts that are started before they are wanted, so that nobody waits for the runtime to come up. Thread-safe.</summary>
internal sealed class HostPool(HostCommand command)
{
    private readonly Lock _gate = new();
    private readonly List<HostProcess> _spares = [];
    private int _wanted;

    /// <summary>Keeps so many spares; 0 ends those there are.</summary>
    internal void Keep(int count)
    {
        List<HostProcess> tooMany = [];
        lock (_gate)
        {
            _wanted = count;
            while (_spares.Count > count)
            {
                tooMany.Add(_spares[0]);
                _spares.RemoveAt(0);
            }

            while (_spares.Count < count)
            {
                _spares.Add(new HostProcess(command, []));
            }
        }

        tooMany.ForEach(spare => spare.Dispose());
    }

    /// <summary>A host that sees exactly these libraries: a spare, or a new one. A like spare takes its place.</summary>
    internal HostProcess Take(IReadOnlyList<string> libraries)
    {
        HostProcess? taken;
        HostProcess? oldest = null;
        lock (_gate)
        {
            taken = _spares.Find(spare => spare.Libraries.SequenceEqual(libraries, StringComparer.Ordinal));
            if (taken is not null)
            {
                _spares.Remove(taken);
            }

            if (_wanted > 0)
            {
                if (_spares.Count >= _wanted)
                {
                    oldest = _spares[0]; // it waits for libraries that nobody has asked for lately
                    _spares.RemoveAt(0);
                }

                _spares.Add(new HostProcess(command, libraries));
            }
        }

        oldest?.Dispose();
        if (taken?.HasEnded == true)
        {
            taken.Dispose();
            taken = null;
        }

        return taken ?? new HostProcess(command, libraries);
    }
}
