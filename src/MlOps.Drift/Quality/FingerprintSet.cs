namespace MlOps.Drift.Quality;

/// <summary>The fingerprints that were seen. Not thread-safe.</summary>
/// <remarks>Open addressing with linear probing, between 3/8 and 3/4 full: 22 to 43 bytes a distinct key, and half as much again for the moment in which it grows.</remarks>
internal sealed class FingerprintSet
{
    private Fingerprint[] _slots = new Fingerprint[1024];
    private bool _hasZero;

    /// <summary>Gets the number of different fingerprints.</summary>
    internal long Count { get; private set; }

    /// <summary>Makes room for so many more, up to a million: growing by doubling would place every key twice.</summary>
    internal void Reserve(int more)
    {
        const int Most = 1 << 20;
        while (4 * (Count + Math.Min(more, Most)) > 3L * _slots.Length)
        {
            Grow();
        }
    }

    /// <summary>Adds one and returns whether it is new.</summary>
    internal bool Add(Fingerprint key)
    {
        if (key == default)
        {
            bool isNew = !_hasZero; // an empty slot looks like this key, so it has a place of its own
            _hasZero = true;
            Count += isNew ? 1 : 0;
            return isNew;
        }

        if (4 * Count >= 3L * _slots.Length)
        {
            Grow();
        }

        if (!Place(_slots, key))
        {
            return false;
        }

        Count++;
        return true;
    }

    private static bool Place(Fingerprint[] slots, Fingerprint key)
    {
        int mask = slots.Length - 1;
        int slot = (int)Fingerprint.Mix(key.Low ^ (key.High << 1)) & mask;
        for (; slots[slot] != default; slot = (slot + 1) & mask)
        {
            if (slots[slot] == key)
            {
                return false;
            }
        }

        slots[slot] = key;
        return true;
    }

    private void Grow()
    {
        var larger = new Fingerprint[checked(_slots.Length * 2)];
        foreach (Fingerprint key in _slots)
        {
            if (key != default)
            {
                Place(larger, key);
            }
        }

        _slots = larger;
    }
}
