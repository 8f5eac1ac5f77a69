using System.Reflection;
using MlOps.Bench;
using MlOps.Onnx;

// A benchmark is a class XBench with int Run(string[]) in the folder bench/x: nothing has to be listed.
var benchmarks = new SortedDictionary<string, Func<string[], int>>(Assembly.GetExecutingAssembly().GetTypes()
    .Where(type => type.Name.EndsWith("Bench", StringComparison.Ordinal))
    .Select(type => (Name: type.Name[..^"Bench".Length].ToLowerInvariant(), Run: type.GetMethod("Run", BindingFlags.Public | BindingFlags.Static, [typeof(string[])])))
    .Where(benchmark => benchmark.Run is not null)
    .ToDictionary(benchmark => benchmark.Name, benchmark => benchmark.Run!.CreateDelegate<Func<string[], int>>()), StringComparer.Ordinal);

string[] own = [.. args.TakeWhile(arg => arg != "--")];
string[] passedOn = [.. args.Skip(own.Length + 1)];
if (args.Contains(EngineBench.ChildArgument))
{
    return EngineBench.Run(args);
}

string[] files = ["--json", "--markdown"];
string[] chosen = [.. own.Where((arg, i) => !arg.StartsWith('-') && (i == 0 || !files.Contains(own[i - 1])))];
string? mistake = chosen.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } name ? $"there is no benchmark '{name}'. There are: {string.Join(", ", benchmarks.Keys)}."
    : own.FirstOrDefault(arg => arg.StartsWith('-') && !files.Contains(arg)) is { } option ? $"there is no option {option}. What comes after -- goes to the benchmark."
    : files.FirstOrDefault(option => own.Contains(option) && FileOf(option) is null) is { } bare ? $"{bare} needs a file."
    : passedOn.Length > 0 && chosen.Length != 1 ? "what comes after -- goes to one benchmark; name it."
    : null;
if (mistake is not null)
{
    Console.Error.WriteLine($"mlops: {mistake}");
    return 2;
}

int status = 0;
foreach ((string title, Func<string[], int> run) in benchmarks.Where(benchmark => chosen.Length == 0 || chosen.Contains(benchmark.Key)))
{
    Console.WriteLine($"== {title}");
    Ratios.Begin(title);
    try
    {
        status = Math.Max(status, run(passedOn));
    }
    catch (PeerMissingException missing)
    {
        Ratios.Missing(missing.Peer, missing.Why);
        Console.WriteLine($"Left out: {missing.Message}");
    }
    catch (InvalidOperationException failed)
    {
        Ratios.Missing("–", $"failed: {failed.Message}");
        Console.Error.WriteLine($"mlops: {title}: {failed.Message}");
        status = 1;
    }

    Console.WriteLine();
    Save(); // after each: what a run has measured before it is stopped is kept
}

Console.WriteLine("== all ratios");
Console.WriteLine(Measured().ToText());
return status;

RatioTable Measured() => new(Machine.Current().ToString().Split('\n'), DateOnly.FromDateTime(DateTime.UtcNow), $"./mlops bench {string.Join(' ', args)}".TrimEnd(), Ratios.All);

void Save()
{
    if (FileOf("--json") is { } json)
    {
        File.WriteAllText(json, Measured().ToJson());
    }

    if (FileOf("--markdown") is { } markdown)
    {
        File.WriteAllText(markdown, Measured().ToMarkdown());
    }
}

string? FileOf(string option) => Array.IndexOf(own, option) is >= 0 and int at && at + 1 < own.Length && !own[at + 1].StartsWith('-') ? own[at + 1] : null;

