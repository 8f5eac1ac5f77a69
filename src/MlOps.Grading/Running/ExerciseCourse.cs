using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using MlOps.Grading.Answers;
using MlOps.Grading.Compiling;
using MlOps.Grading.Exercises;
using MlOps.Grading.Sandboxing;
using MlOps.Grading.Testing;

namespace MlOps.Grading.Running;

/// <summary>All that grading needs of a course: exercises, tests, answers, libraries, and the sandbox for what students wrote.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed class ExerciseCourse
{
    private readonly ConcurrentDictionary<int, AnswerKey> _answers = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _libraries = new(StringComparer.Ordinal);
    private readonly string _libraryFolder;
    private readonly Lazy<string> _fingerprint;
    private readonly Lazy<Sandbox> _sandbox;

    private ExerciseCourse(ExerciseCatalog catalog, ExerciseTestAssembly tests, string testFile, string libraryFolder, CompilerPool compilers)
    {
        (Catalog, Tests, _libraryFolder, Compilers) = (catalog, tests, libraryFolder, compilers);
        _fingerprint = new Lazy<string>(() => FingerprintOf(catalog, testFile, libraryFolder));
        _sandbox = new Lazy<Sandbox>(() => Sandbox.Detect());
    }

    /// <summary>Gets the exercises.</summary>
    public ExerciseCatalog Catalog { get; }

    /// <summary>Gets the tests.</summary>
    public ExerciseTestAssembly Tests { get; }

    /// <summary>Gets the sandbox, as good as this machine allows. Found on first use, which starts a process.</summary>
    public Sandbox Sandbox => _sandbox.Value;

    /// <summary>Gets a hash over everything that a grade depends on beside the submission: exercises, answers, tests, libraries.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>Opens a course.</summary>
    /// <param name="exercisesFolder">The folder <c>exercises</c>.</param>
    /// <param name="tests">The assembly with the tests.</param>
    /// <param name="libraryFolder">Where the libraries lie that exercises name; null for this program's own folder.</param>
    /// <exception cref="InvalidDataException">A <c>week.yaml</c> is wrong.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ExerciseCourse Open(string exercisesFolder, Assembly tests, string? libraryFolder = null)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var compilers = new CompilerPool(); // first: it starts while the rest is read
        return new ExerciseCourse(ExerciseCatalog.Load(exercisesFolder), ExerciseTestAssembly.Load(tests), tests.Location, libraryFolder ?? AppContext.BaseDirectory, compilers);
    }

    internal CompilerPool Compilers { get; }

    internal AnswerKey AnswersOf(Exercise exercise) =>
        _answers.GetOrAdd(exercise.Week, static (_, folder) => AnswerKey.Load(folder), Catalog.WeekOf(exercise).Folder);

    internal IReadOnlyList<string> LibrariesOf(Exercise exercise) =>
        exercise.Libraries.Count == 0
            ? []
            : _libraries.GetOrAdd(string.Join('\n', exercise.Libraries), _ => CourseLibraries.Resolve(exercise.Libraries, _libraryFolder));

    private static string FingerprintOf(ExerciseCatalog catalog, string testFile, string libraryFolder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IEnumerable<string> libraries = catalog.Weeks.SelectMany(week => week.Exercises).SelectMany(exercise => exercise.Libraries).Distinct().Order(StringComparer.Ordinal);
        IEnumerable<string> files = Directory.EnumerateFiles(catalog.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        foreach (string file in (string[])[testFile, typeof(ExerciseCourse).Assembly.Location, typeof(Compiler.ExerciseCompiler).Assembly.Location, typeof(Host.Values.ValueWriter).Assembly.Location, .. CourseLibraries.Resolve([.. libraries], libraryFolder), .. files])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
