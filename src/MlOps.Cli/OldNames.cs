namespace MlOps.Cli;

/// <summary>Options that had another name before all verbs called the same thing alike. Scripts that use the old one still run; no help shows it.</summary>
internal static class OldNames
{
    /// <summary>Gets the verb, its option's old name, and today's.</summary>
    internal static IReadOnlyList<(string Verb, string Old, string Name)> All { get; } =
    [
        ("execute", "--output", "--out"),
        ("drift", "--out", "--html"),
        ("drift", "--text", "--texts"),
        ("monitor", "--store", "--history"),
        ("monitor", "--page", "--html"),
        ("runs compare", "--out", "--html"),
        ("runs compare", "--metric", "--metrics"),
        ("card model", "--metric", "--metrics"),
        ("predict", "--provider", "--providers"),
        ("benchmark", "--rows", "--max-rows"),
        ("quantize", "--rows", "--max-rows"),
        ("quantize", "--verify", "--compare"),
    ];

    /// <summary>The command line with today's names.</summary>
    internal static string[] Replace(string[] args)
    {
        (string Verb, string Old, string Name)[] own = [.. All.Where(option => args.AsSpan().StartsWith(option.Verb.Split(' ')))];
        return own.Length == 0 ? args : Array.ConvertAll(args, Today);

        string Today(string arg)
        {
            string name = arg.Split('=')[0];
            string? today = own.FirstOrDefault(option => option.Old == name).Name;
            return today is null ? arg : today + arg[name.Length..];
        }
    }
}
