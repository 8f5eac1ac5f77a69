using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Grading.Answers;

/// <summary>Reads and writes <c>answers.sealed.json</c>.</summary>
/// <param name="About">A sentence for whoever opens the file.</param>
/// <param name="Format">1.</param>
/// <param name="Iterations">Rounds of PBKDF2.</param>
/// <param name="Answers">Exercise → property → sealed answer.</param>
internal sealed record SealedFile(string About, int Format, int Iterations, IReadOnlyDictionary<string, IReadOnlyDictionary<string, SealedProperty>> Answers)
{
    private const int CurrentFormat = 1;
    private const int MostIterations = 1_000_000;

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // base64 keeps its '+'
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    internal static SealedFile Of(IEnumerable<PlainEntry> entries, CancellationToken cancellationToken)
    {
        var answers = new SortedDictionary<string, IReadOnlyDictionary<string, SealedProperty>>(StringComparer.Ordinal);
        foreach (IGrouping<string, PlainEntry> exercise in entries.GroupBy(entry => entry.Exercise))
        {
            var properties = new SortedDictionary<string, SealedProperty>(StringComparer.Ordinal);
            foreach (PlainEntry entry in exercise)
            {
                cancellationToken.ThrowIfCancellationRequested();
                properties.Add(entry.Property, Seal.Close(entry, SealKeys.Iterations));
            }

            answers.Add(exercise.Key, properties);
        }

        return new SealedFile("Answers as salted hashes: they cannot be read here, but whoever tries all options finds them.", CurrentFormat, SealKeys.Iterations, answers);
    }

    internal static SealedFile Read(string path)
    {
        SealedFile file;
        try
        {
            using FileStream stream = File.OpenRead(path);
            file = JsonSerializer.Deserialize<SealedFile?>(stream, s_options) ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} cannot be read at {e.Path ?? "its beginning"}: {e.Message}", e);
        }

        if (file.Format != CurrentFormat || file.Iterations is < 1 or > MostIterations)
        {
            throw new InvalidDataException($"{path}: format {file.Format} with {file.Iterations} iterations is none that this version of the course knows.");
        }

        foreach ((string exercise, string property, SealedProperty answer) in file.Answers.SelectMany(e => e.Value.Select(p => (e.Key, p.Key, p.Value))))
        {
            if (answer.Tolerance is { } tolerance && !(tolerance > 0 && double.IsFinite(tolerance))
                || answer.Entries.Any(entry => entry?.Length != Seal.EntryBytes)
                || answer.Texts.Any(text => text is null || text.Length < SealedBox.Overhead + sizeof(int)))
            {
                throw new InvalidDataException($"{path}: {exercise} {property} was changed after it was sealed. Take the file from the course again.");
            }
        }

        return file;
    }

    internal void Write(string path) => AtomicFile.Write(path, JsonSerializer.Serialize(this, s_options) + "\n");
}
