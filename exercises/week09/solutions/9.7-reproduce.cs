// 9.7 · What is missing? · 2 points
//
// A run left a record, and you want to do the run again. Both dictionaries have keys such as `commit`,
// `dirty` (`true` if files had uncommitted changes), `data:NAME` (a digest) and `seed`. Write
// `Missing(record, here)`: what stands in the way, in this order.
//
// 1. `commit: not noted` if the record has no commit; `commit: different` if here has another one or none
// 2. `code: had uncommitted changes` if the record says that it was dirty
// 3. for each data set of the record, in ordinal order of the keys: `data:NAME: not here` if here has no
//    such key, `data:NAME: different` if its digest is another. If the record has no data set at all:
//    `data: not noted`
// 4. `seed: not noted` if the record has no seed. What seed is here does not matter: you will set it.
//
// All other keys are no obstacle. If nothing stands in the way the array is empty.
//
// Worked value: record {commit: a1, data:loans: 77, seed: 42} and here {commit: a1, data:loans: 78} give
// ["data:loans: different"].
//
// Check:  ./mlops check 9.7      Hint:  ./mlops check 9.7 --hint

namespace Week09;

/// <summary>Compares the record of a run with what is here.</summary>
public static class RunRecord
{
    /// <summary>Returns what stands in the way of doing the run again.</summary>
    public static string[] Missing(Dictionary<string, string> record, Dictionary<string, string> here)
    {
        // BEGIN YOUR CODE
        var problems = new List<string>();
        if (!record.TryGetValue("commit", out string? commit))
        {
            problems.Add("commit: not noted");
        }
        else if (here.GetValueOrDefault("commit") != commit)
        {
            problems.Add("commit: different");
        }

        if (record.GetValueOrDefault("dirty") == "true")
        {
            problems.Add("code: had uncommitted changes");
        }

        string[] data = [.. record.Keys.Where(key => key.StartsWith("data:", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        if (data.Length == 0)
        {
            problems.Add("data: not noted");
        }

        foreach (string key in data)
        {
            if (!here.TryGetValue(key, out string? digest))
            {
                problems.Add($"{key}: not here");
            }
            else if (digest != record[key])
            {
                problems.Add($"{key}: different");
            }
        }

        if (!record.ContainsKey("seed"))
        {
            problems.Add("seed: not noted");
        }

        return [.. problems];
        // END YOUR CODE
    }
}
