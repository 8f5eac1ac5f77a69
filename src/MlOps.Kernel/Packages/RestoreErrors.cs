using System.Text.RegularExpressions;

namespace MlOps.Kernel.Packages;

/// <summary>Says in one or two sentences why a restore failed.</summary>
internal static partial class RestoreErrors
{
    private const string Unreachable = "NU1301";

    /// <summary>Whether a source did not answer, so that an older answer is better than none.</summary>
    internal static bool IsUnreachable(IReadOnlyList<RestoreMessage> messages) => messages.Any(message => message.IsError && message.Code == Unreachable);

    /// <summary>The first error of the assets file; what else there is, is counted.</summary>
    internal static PackageException From(IReadOnlyList<RestoreMessage> messages, IReadOnlyList<PackageRequest> asked)
    {
        RestoreMessage[] errors = [.. messages.Where(message => message.IsError).DistinctBy(message => message.Text)];
        RestoreMessage first = errors.FirstOrDefault(error => asked.Any(package => IsOf(error, package))) ?? errors[0];
        PackageRequest? request = asked.FirstOrDefault(package => IsOf(first, package));
        string more = errors.Length switch
        {
            1 => "",
            2 => " NuGet reports 1 more problem of this kind.",
            _ => FormattableString.Invariant($" NuGet reports {errors.Length - 1} more problems of this kind."),
        };
        return new PackageException(first.Code, Explain(first, request) + more, first.PackageId);
    }

    /// <summary>The first error that the SDK printed, for a restore that did not come as far as an assets file.</summary>
    internal static PackageException From(string said)
    {
        Match error = Printed().Match(said);
        return error.Success
            ? new PackageException(error.Groups["code"].Value, $"The restore failed: {Sentence(error.Groups["text"].Value)}")
            : new PackageException(PackageException.NoCode, $"The restore failed, and the SDK did not say why.{Quote(said)}");
    }

    private static bool IsOf(RestoreMessage error, PackageRequest package) => string.Equals(error.PackageId, package.Id, StringComparison.OrdinalIgnoreCase);

    private static string Explain(RestoreMessage error, PackageRequest? request)
    {
        string forWhom = request is null ? ", which a package of this session needs," : "";
        string where = SourceList().Match(error.Text) is { Success: true } sources ? sources.Groups["list"].Value : "";
        string nearest = Nearest().Match(error.Text) is { Success: true } found ? $" The nearest one is {found.Groups["version"].Value} in {found.Groups["source"].Value}." : "";
        return error.Code switch
        {
            "NU1101" => $"There is no package '{error.PackageId}'{forWhom} in {(where.Length > 0 ? where : "any source")}. Check the name, or add its source with #i \"nuget:…\".",
            "NU1102" => $"Package '{error.PackageId}'{forWhom} has no version {request?.Range.Trim('[', ']') ?? "as needed"}.{nearest}",
            "NU1103" => $"Package '{error.PackageId}'{forWhom} has no stable version{(request is null or { Version: "" } ? "" : " " + request.Version)}.{nearest} To allow previews, name one, or write *-*.",
            "NU1605" when Downgrade().Match(error.Text) is { Success: true } clash =>
                $"This session has or asks for {clash.Groups["id"].Value} {clash.Groups["to"].Value}, but another of its packages needs {clash.Groups["from"].Value}. Ask for that version; if the older one is from an earlier cell, restart first.",
            "NU1107" or "NU1605" => $"The packages of this session do not agree on a version: {Sentence(error.Text)} If one is from an earlier cell, restart and ask for versions that fit together.",
            Unreachable => $"A package source does not answer: {Sentence(error.Text)} Check the address and the network; a source added with #i has to be added again.",
            _ => $"The restore failed: {Sentence(error.Text)}",
        };
    }

    /// <summary>NuGet's first sentence; what follows is its dependency path or a trace.</summary>
    private static string Sentence(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string first = lines[0].TrimEnd(':');
        string reason = lines.Length > 1 && first.StartsWith("Unable to load", StringComparison.Ordinal) ? " " + lines[^1] : "";
        return (first + reason).TrimEnd('.') + ".";
    }

    private static string Quote(string said) =>
        said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [string first, ..] ? $" It printed: {first}" : "";

    [GeneratedRegex(@"error (?<code>[A-Z]+\d+): (?<text>.*?)( \[[^\]]*\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex Printed();

    [GeneratedRegex(@"in source\(s\): (?<list>[^\r\n]+)$", RegexOptions.Multiline)]
    private static partial Regex SourceList();

    [GeneratedRegex(@"downgrade: (?<id>\S+) from (?<from>\S+) to (?<to>.+?)\. Reference")]
    private static partial Regex Downgrade();

    [GeneratedRegex(@"in (?<source>[^\r\n]+?) \[ Nearest version: (?<version>\S+) \]")]
    private static partial Regex Nearest();
}
