namespace MlOps.Charts.Model;

/// <summary>Checks at the door: every message names the argument, what came and what is needed.</summary>
internal static class Inputs
{
    /// <summary>At least one value, not all of them missing.</summary>
    internal static Values Present(Values values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Count == 0)
        {
            throw new ArgumentException($"{name} is empty; a chart needs at least one value.", name);
        }

        if (values.Kind != ValueKind.Text && values.Numbers.IndexOfAnyExcept(double.NaN) < 0)
        {
            throw new ArgumentException($"{name} has no value to draw: all {values.Count} are missing.", name);
        }

        return values;
    }

    internal static Values Numbers(Values values, string name)
    {
        Present(values, name);
        return values.Kind == ValueKind.Number
            ? values
            : throw new ArgumentException($"{name} must be numbers; got {(values.Kind == ValueKind.Text ? "text" : "dates")} ({values.Count} values).", name);
    }

    /// <summary>Numbers with the missing ones left out: what a distribution is made of.</summary>
    internal static double[] Sample(Values values, string name)
    {
        Numbers(values, name);
        var sample = new List<double>(values.Count);
        foreach (double value in values.Numbers)
        {
            if (!double.IsNaN(value))
            {
                sample.Add(value);
            }
        }

        return [.. sample];
    }

    /// <summary>Names of categories: present, not blank, no two alike.</summary>
    internal static string[] Labels(Values values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        string[] labels = Names(values);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < labels.Length; i++)
        {
            if (!seen.Add(labels[i]))
            {
                throw new ArgumentException($"{name}: '{labels[i]}' occurs twice, the second time at position {i}; each bar needs a name of its own.", name);
            }
        }

        Present(values, name);
        return NoBlanks(values, name);
    }

    /// <summary>Refuses blank category names; numbers and dates pass.</summary>
    internal static string[] NoBlanks(Values values, string name)
    {
        for (int i = 0; i < values.Texts.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(values.Texts[i]))
            {
                throw new ArgumentException($"{name}: the category at position {i} is {(values.Texts[i] is null ? "missing" : "blank")}; name it, for example \"unknown\".", name);
            }
        }

        return Names(values);
    }

    internal static void SameLength(Values a, Values b, string nameA, string nameB)
    {
        if (a.Count != b.Count)
        {
            throw new ArgumentException($"{nameA} and {nameB} need the same length: {nameA} has {a.Count} values, {nameB} has {b.Count}.", nameB);
        }
    }

    internal static string Text(string value, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value;
    }

    /// <summary>Values as the texts a reader sees.</summary>
    internal static string[] Names(Values values)
    {
        var names = new string[values.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Name(values, i);
        }

        return names;
    }

    internal static string Name(Values values, int index) => values.Kind switch
    {
        ValueKind.Text => values.Texts[index] ?? "",
        ValueKind.Date => double.IsNaN(values.Numbers[index]) ? "" : Dates.Text(values.Numbers[index]),
        _ => NumberText.Short(values.Numbers[index]),
    };
}
