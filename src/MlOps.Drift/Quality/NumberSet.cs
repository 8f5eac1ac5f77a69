namespace MlOps.Drift.Quality;

/// <summary>The 64-bit values that were seen, compared exactly. Not thread-safe.</summary>
/// <remarks>Open addressing with linear probing, between 3/8 and 3/4 full: 11 to 22 bytes a distinct value. As <see cref="FingerprintSet"/>, at half the memory.</remarks>
internal sealed class NumberSet
{
    private ulong[] _slots = new ulong[1024];
    private bool _hasZero;
    private long _count;

    /// <summary>Makes room for so many more, up to a million.</summary>
    internal void Reserve(int more)
    {
        const int Most = 1 << 20;
        int slots = _slots.Length;
        while (4 * (_count + Math.Min(more, Most)) > 3L * slots)
        {
            slots = checked(slots * 2);
        }

        Resize(slots);
    }

    /// <summary>Adds one and returns whether it is new.</summary>
    internal bool Add(ulong value)
    {
        if (value == 0)
        {
            bool isNew = !_hasZero; // an empty slot looks like this value, so it has a place of its own
            _hasZero = true;
            return isNew;
        }

        if (4 * _count >= 3L * _slots.Length)
        {
            Resize(checked(_slots.Length * 2));
        }

        if (!Place(_slots, value))
        {
            return false;
        }

        _count++;
        return true;
    }

    private static bool Place(ulong[] slots, ulong value)
    {
        int mask = slots.Length - 1;
        int slot = (int)Fingerprint.Mix(value) & mask;
        for (; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (slots[slot] == value)
            {
                return false;
            }
        }

        slots[slot] = value;
        return true;
    }

    private void Resize(int slots)
    {
        if (slots == _slots.Length)
        {
            return;
        }

        ulong[] larger = new ulong[slots];
        foreach (ulong value in _slots)
        {
            if (value != 0)
            {
                Place(larger, value);
            }
        }

        _slots = larger;
    }
}
