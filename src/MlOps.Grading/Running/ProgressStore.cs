using System.Security.Cryptography;
using System.Text.Json;

namespace MlOps.Grading.Running;

/// <summary>What a student's own machine remembers of checks and opened hints: one small JSON file, no account.</summary>
public sealed class ProgressStore
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };
    private readonly string _path;
    private readonly SortedDictionary<string, ExerciseProgress> _exercises;

    private ProgressStore(string path, SortedDictionary<string, ExerciseProgress> exercises) => (_path, _exercises) = (path, exercises);

    /// <summary>Reads the file; a missing or damaged one counts as empty, since checking again brings everything back.</summary>
    public static ProgressStore Open(string path)
    {
        try
        {
            return new ProgressStore(path, JsonSerializer.Deserialize<SortedDictionary<string, ExerciseProgress>>(File.ReadAllBytes(path)) ?? []);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return new ProgressStore(path, []);
        }
    }

    /// <summary>What is known of an exercise; nothing earned and no hint opened if it was never checked.</summary>
    public ExerciseProgress Of(string exercise) => _exercises.GetValueOrDefault(exercise) ?? new ExerciseProgress(0, 0, 0, null);

    /// <summary>Remembers the outcome of a check.</summary>
    /// <param name="exercise">The exercise's number.</param>
    /// <param name="earned">Points earned in the tests that ran.</param>
    /// <param name="shown">Points that those tests can bring.</param>
    /// <param name="file">The file that was checked.</param>
    public void Checked(string exercise, double earned, double shown, string file) =>
        _exercises[exercise] = Of(exercise) with { Earned = earned, Shown = shown, FileHash = HashOf(file) };

    /// <summary>Opens one more hint.</summary>
    /// <param name="exercise">The exercise's number.</param>
    /// <param name="most">How many there are.</param>
    public void OpenHint(string exercise, int most) =>
        _exercises[exercise] = Of(exercise) with { HintsOpened = Math.Min(Of(exercise).HintsOpened + 1, most) };

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Save() => AtomicFile.Write(_path, JsonSerializer.Serialize(_exercises, s_json), lasting: false);

    /// <summary>The hash by which a file is known again; null if there is none.</summary>
    public static string? HashOf(string file) => File.Exists(file) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) : null;
}
