using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Packages;

/// <summary>The packages of one session. Either all that a cell asks for come in, or nothing changes.</summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="options">Where packages come from and go to.</param>
/// <param name="files">The session's assemblies.</param>
/// <param name="natives">The session's native libraries.</param>
internal sealed class SessionPackages(string folder, PackageOptions options, AssemblyFiles files, NativeFiles natives)
{
    private static readonly SemaphoreSlim Turn = new(1, 1); // one restore at a time in a process

    private readonly RestoreAnswers _answers = new(options);
    private readonly Lock _gate = new();
    private List<string> _sources = [];
    private List<PackageRequest> _requests = [];
    private readonly HashSet<PackageRequest> _granted = [];
    private Dictionary<string, ResolvedPackage> _packages = new(StringComparer.OrdinalIgnoreCase);

    internal static string Platform => RuntimeInformation.RuntimeIdentifier;

    private static string Framework => FormattableString.Invariant($"net{Environment.Version.Major}.{Environment.Version.Minor}");

    /// <summary>Whether the session has the package that a directive names. Asks nobody.</summary>
    internal bool Has(PackageRequest request)
    {
        lock (_gate)
        {
            return _packages.ContainsKey(request.Id);
        }
    }

    /// <exception cref="PackageException">It is neither an address nor a folder that exists.</exception>
    internal void CheckSource(string source) => PackageSource.Parse(source, folder);

    /// <summary>Adds a source for the rest of the session.</summary>
    /// <exception cref="PackageException">It is neither an address nor a folder that exists.</exception>
    internal void AddSource(string source)
    {
        string full = PackageSource.Parse(source, folder);
        lock (_gate)
        {
            if (!_sources.Contains(full))
            {
                _sources.Add(full);
            }
        }
    }

    /// <summary>Brings packages into the session, with all that they need.</summary>
    /// <param name="asked">What a cell asks for.</param>
    /// <param name="newSources">Sources that the cell adds. They stay only if this succeeds.</param>
    /// <param name="cancellationToken">Ends a restore; the session stays as it was.</param>
    /// <returns>What code is compiled against: the assemblies of all packages of the session.</returns>
    /// <exception cref="PackageException">Why that cannot be done.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal IReadOnlyList<PortableExecutableReference> Load(IReadOnlyList<PackageRequest> asked, IReadOnlyList<string> newSources, CancellationToken cancellationToken)
    {
        var line = new RestoreLine(asked);
        try
        {
            List<string> sources = [.. _sources.Union(newSources.Select(source => PackageSource.Parse(source, folder)))];
            List<PackageRequest> requests = Merge(asked);
            PackageAssets? answer = requests.SequenceEqual(_requests) ? null : Resolve(new RestoreQuestion(requests, sources, folder, Framework, Platform), line, cancellationToken);
            IReadOnlyList<ResolvedPackage> packages = answer?.Packages ?? [.. _packages.Values];
            CheckInUse(packages);
            PackageAssemblies assemblies = PackageAssemblies.Of(packages, asked, files);
            files.Add(assemblies.Files);
            natives.Use(packages);
            lock (_gate)
            {
                _sources = sources;
                _packages = packages.ToDictionary(package => package.Id, StringComparer.OrdinalIgnoreCase);
                _requests = [.. requests.Select(Pin)]; // a later restore must not move what is in use
            }

            _granted.UnionWith(asked);
            line.Done(packages.Where(package => asked.Any(request => IsOf(package, request))), assemblies.Notes.Concat(answer?.Notes ?? []));
            return assemblies.References;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException or JsonException or Win32Exception)
        {
            line.Failed();
            throw new PackageException(PackageException.NoCode, $"The packages could not be restored: {exception.Message}");
        }
        catch
        {
            line.Failed();
            throw;
        }
    }

    private static bool IsOf(ResolvedPackage package, PackageRequest request) => package.Id.Equals(request.Id, StringComparison.OrdinalIgnoreCase);

    /// <summary>The session's requests with those of a cell; without a version, what is in use is meant.</summary>
    private List<PackageRequest> Merge(IReadOnlyList<PackageRequest> asked)
    {
        List<PackageRequest> requests = [.. _requests];
        foreach (PackageRequest request in asked.Where(request => !_granted.Contains(request)))
        {
            if (asked.FirstOrDefault(other => other.Id.Equals(request.Id, StringComparison.OrdinalIgnoreCase) && other.Range != request.Range) is { } other)
            {
                throw new PackageException(PackageException.NoCode, $"This cell asks for {request.Id} twice: {request.Range.Trim('[', ']')} and {other.Range.Trim('[', ']')}. Keep one.", request.Id);
            }

            int known = requests.FindIndex(old => old.Id.Equals(request.Id, StringComparison.OrdinalIgnoreCase));
            PackageRequest exact = request.Version.Length == 0 && _packages.TryGetValue(request.Id, out ResolvedPackage? used) ? new(used.Id, used.Version) : request;
            if (known < 0)
            {
                requests.Add(exact);
            }
            else if (requests[known].Range != exact.Range)
            {
                requests[known] = exact;
            }
        }

        requests.Sort(static (a, b) => StringComparer.OrdinalIgnoreCase.Compare(a.Id, b.Id));
        return requests;
    }

    private PackageRequest Pin(PackageRequest request) =>
        _packages.TryGetValue(request.Id, out ResolvedPackage? package) ? new PackageRequest(package.Id, package.Version) : request;

    private PackageAssets Resolve(RestoreQuestion question, RestoreLine line, CancellationToken cancellationToken)
    {
        if (_answers.Find(question) is { } known)
        {
            return known;
        }

        line.Working(TimeSpan.Zero);
        (string? json, string said) = Ask(question, line, cancellationToken);
        PackageAssets assets = json is null ? throw RestoreErrors.From(said) : PackageAssets.Read(json, Framework, Platform);
        if (!assets.Messages.Any(message => message.IsError) && assets.Packages.Count > 0)
        {
            _answers.Keep(question, json);
            return assets;
        }

        if (RestoreErrors.IsUnreachable(assets.Messages))
        {
            Forget(assets.Messages);
            if (_answers.FindOld(question) is { } old)
            {
                return old; // offline, "the newest" is the newest that this machine knows
            }
        }

        throw assets.Messages.Any(message => message.IsError) ? RestoreErrors.From(assets.Messages, question.Packages) : RestoreErrors.From(said);
    }

    private (string? Assets, string Said) Ask(RestoreQuestion question, RestoreLine line, CancellationToken cancellationToken)
    {
        Turn.Wait(cancellationToken);
        try
        {
            return RestoreRun.Execute(question, options, line.Working, cancellationToken);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Drops a source of <c>#i</c> that does not answer: it would spoil every later restore.</summary>
    private void Forget(IReadOnlyList<RestoreMessage> messages)
    {
        lock (_gate)
        {
            _sources.RemoveAll(source => messages.Any(message => message.IsError && message.Text.Contains(source, StringComparison.Ordinal)));
        }
    }

    /// <summary>A version that is in use cannot be replaced: its types are in the session's variables.</summary>
    private void CheckInUse(IReadOnlyList<ResolvedPackage> packages)
    {
        foreach (ResolvedPackage package in packages)
        {
            if (_packages.TryGetValue(package.Id, out ResolvedPackage? used) && used.Version != package.Version && used.Runtime.Count > 0)
            {
                throw new PackageException(
                    PackageException.NoCode,
                    $"{package.Id} {used.Version} is already in use in this session, and this cell needs {package.Version}. Restart, and load the new version first.",
                    package.Id);
            }
        }
    }
}
