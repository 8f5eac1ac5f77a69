using System.Numerics;
using System.Numerics.Tensors;

namespace MlOps.Explain.Shapley;

/// <summary>Finds which rows made of a row and a background are the same, so that the model is asked once.</summary>
internal sealed class SharedRows
{
    private readonly int _rows;

    /// <summary>For every bit and background row, which value stands there when the player is unknown; −1 where it is that of the row itself.</summary>
    private readonly int[] _values;

    /// <summary>Random numbers for the values; those of a row add up to its key.</summary>
    private readonly ulong[] _keys;

    private SharedRows(int rows, int[] values)
    {
        _rows = rows;
        _values = values;
        _keys = new ulong[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            _keys[i] = values[i] < 0 ? 0 : Mixed(((ulong)(i / rows) << 32) + (uint)values[i]);
        }
    }

    /// <summary>Null when no two rows can be the same: all values differ from each other and from the row's.</summary>
    internal static SharedRows? Among(double[] x, int[] varying, Players players, BackgroundRows background)
    {
        int rows = background.Count;
        var values = new int[varying.Length * rows];
        bool any = false;
        for (int bit = 0; bit < varying.Length; bit++)
        {
            int player = varying[bit];
            any |= !background.AllDiffer(player);
            background.Classes(player).CopyTo(values, bit * rows);
            for (int u = 0; u < rows; u++)
            {
                if (BackgroundRows.Same(players.Features[player], x, background.Rows.Row(u)))
                {
                    values[(bit * rows) + u] = -1;
                    any = true;
                }
            }
        }

        return any ? new SharedRows(rows, values) : null;
    }

    /// <summary>Where each row's prediction will stand: 0 for the row itself, 1 + u for background row u, then one a new row in the order of the coalitions.</summary>
    /// <returns>count × background rows places.</returns>
    internal int[] Places(Coalitions coalitions, int first, int count)
    {
        var places = new int[count * _rows];
        var owners = new Owners(this, coalitions, first, places.Length + _rows + 1);
        var keys = new ulong[_rows];
        int next = owners.PlaceOf(0, 0, 0) + 1;
        AddKeys(new ulong[coalitions.Words], keys);
        for (int u = 0; u < _rows; u++)
        {
            owners.PlaceOf(keys[u], 1 + u, next++);
        }

        for (int k = 0; k < count; k++)
        {
            AddKeys(coalitions[first + k], keys);
            for (int u = 0; u < _rows; u++)
            {
                int row = (k * _rows) + u;
                places[row] = owners.PlaceOf(keys[u], 1 + _rows + row, next);
                next += places[row] == next ? 1 : 0;
            }
        }

        return places;
    }

    /// <summary>The keys of a coalition with every background row.</summary>
    private void AddKeys(ReadOnlySpan<ulong> coalition, ulong[] keys)
    {
        Array.Clear(keys);
        for (int bit = 0; bit * _rows < _keys.Length; bit++)
        {
            if (!Coalitions.Contains(coalition, bit))
            {
                TensorPrimitives.Add<ulong>(keys, _keys.AsSpan(bit * _rows, _rows), keys);
            }
        }
    }

    /// <summary>The finaliser of SplitMix64.</summary>
    private static ulong Mixed(ulong number)
    {
        ulong z = number + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Which row has a key: an open hash table. Owner 0 is the row itself, 1 + u background row u, then the coalitions with every background row.</summary>
    private sealed class Owners
    {
        private readonly SharedRows _shared;
        private readonly Coalitions _coalitions;
        private readonly int _first;
        private readonly ulong[] _keys;
        private readonly int[] _owners;
        private readonly int[] _places;

        internal Owners(SharedRows shared, Coalitions coalitions, int first, int most)
        {
            (_shared, _coalitions, _first) = (shared, coalitions, first);
            int capacity = (int)BitOperations.RoundUpToPowerOf2(2 * (uint)most);
            _keys = new ulong[capacity];
            _owners = new int[capacity];
            _places = new int[capacity];
            Array.Fill(_owners, -1);
        }

        /// <summary>The place of the same row, or the given one if there is none yet.</summary>
        internal int PlaceOf(ulong key, int owner, int place)
        {
            int slot = (int)(key >> 32) & (_keys.Length - 1);
            for (; _owners[slot] >= 0; slot = (slot + 1) & (_keys.Length - 1))
            {
                if (_keys[slot] == key && AreSame(owner, _owners[slot]))
                {
                    return _places[slot];
                }
            }

            (_keys[slot], _owners[slot], _places[slot]) = (key, owner, place);
            return place;
        }

        /// <summary>Equal keys are nearly always equal rows; nearly is not enough.</summary>
        private bool AreSame(int a, int b)
        {
            for (int bit = 0; bit < _coalitions.Players; bit++)
            {
                if (ValueAt(a, bit) != ValueAt(b, bit))
                {
                    return false;
                }
            }

            return true;
        }

        private int ValueAt(int owner, int bit)
        {
            int rows = _shared._rows;
            if (owner == 0)
            {
                return -1;
            }

            if (owner <= rows)
            {
                return _shared._values[(bit * rows) + owner - 1];
            }

            (int k, int u) = Math.DivRem(owner - 1 - rows, rows);
            return Coalitions.Contains(_coalitions[_first + k], bit) ? -1 : _shared._values[(bit * rows) + u];
        }
    }
}
