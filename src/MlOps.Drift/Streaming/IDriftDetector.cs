namespace MlOps.Drift.Streaming;

/// <summary>Watches a stream of numbers, one value at a time, and says when its law has changed.</summary>
/// <remarks>
/// What the numbers are is the caller's choice: a feature, a score, or a model's errors (1 = wrong, 0 = right). After a detection the
/// detector starts afresh at the next value; until then it still shows what brought the detection. No detector is thread-safe;
/// <see cref="Update"/> allocates nothing.
/// </remarks>
public interface IDriftDetector
{
    /// <summary>Gets the number of values since the start, the last detection or the last <see cref="Reset"/>.</summary>
    long Count { get; }

    /// <summary>Gets a value indicating whether the last value brought a detection.</summary>
    bool DriftDetected { get; }

    /// <summary>Gets a value indicating whether the last value left the detector suspicious; always false for those that know no warning.</summary>
    bool WarningDetected { get; }

    /// <summary>Takes one value and returns <see cref="DriftDetected"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN or infinite, or outside what the detector watches, such as
    /// other than 0 and 1; the state is unchanged.</exception>
    bool Update(double value);

    /// <summary>Forgets every value; the parameters stay.</summary>
    void Reset();

    /// <summary>Returns parameters and state as one line of JSON; a detector loaded from it goes on exactly as this one would.</summary>
    string ToJson();
}
