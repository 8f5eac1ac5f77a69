using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlOps.Grading.Results;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Gradebooks;

/// <summary>Keeps each graded week on disk, so that a run that was stopped goes on where it was, and a second run grades only what changed.</summary>
/// <remarks>Files: <c>results/&lt;key&gt;/weekNN.json</c> in the output folder. Weeks of different students may be written at the same time.</remarks>
/// <param name="outputFolder">The output folder of the run.</param>
public sealed class ResultStore(string outputFolder)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        IgnoreReadOnlyProperties = true, // points are computed from the tests
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Finds a result that still holds.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="week">The week.</param>
    /// <param name="fingerprint">Whatever else the result depends on: exercises, tests, the grader's version.</param>
    /// <param name="result">The result, null if there is none.</param>
    /// <returns>False if there is none, it is of other bytes or another course, or its file is damaged: then grade again.</returns>
    public bool TryRead(Submission submission, int week, string fingerprint, [NotNullWhen(true)] out SubmissionResult? result)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(fingerprint);
        result = null;
        try
        {
            Stored? stored = JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(PathOf(submission, week)), Options);
            if (stored is null || stored.Fingerprint != Fingerprint(submission, week, fingerprint) || stored.Checksum != Digest(stored.Result.GetRawText()))
            {
                return false;
            }

            result = stored.Result.Deserialize<SubmissionResult>(Options);
            return result is not null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return false; // grading again is always right; a file that cannot be replaced is told by Write
        }
    }

    /// <summary>Keeps a result. The file is written whole or not at all.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="fingerprint">The same as for <see cref="TryRead"/>.</param>
    /// <param name="result">The result of one of its weeks.</param>
    /// <exception cref="ArgumentException">The result is another student's.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(Submission submission, string fingerprint, SubmissionResult result)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(fingerprint);
        ArgumentNullException.ThrowIfNull(result);
        if (result.Student != submission.Student)
        {
            throw new ArgumentException($"The result is of '{result.Student}', the submission of '{submission.Student}'.", nameof(result));
        }

        JsonElement element = JsonSerializer.SerializeToElement(result, Options);
        var stored = new Stored(Fingerprint(submission, result.Week, fingerprint), Digest(element.GetRawText()), element);
        AtomicFile.Write(PathOf(submission, result.Week), JsonSerializer.Serialize(stored, Options), lasting: false); // after a power cut the checksum tells
    }

    private string PathOf(Submission submission, int week) =>
        Path.Combine(outputFolder, "results", submission.Key, FormattableString.Invariant($"week{week:00}.json"));

    private static string Fingerprint(Submission submission, int week, string fingerprint) =>
        Digest(FormattableString.Invariant($"{week}\n{submission.Fingerprint}\n{fingerprint}\n{submission.Student}"));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The file: the result stays unparsed until the checksum over its text is known to be right.</summary>
    private sealed record Stored(string Fingerprint, string Checksum, JsonElement Result);
}
