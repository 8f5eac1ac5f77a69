namespace MlOps.Grading.Releasing;

/// <summary>Looks for one sort of secret in a released file.</summary>
internal interface ILeakDetector
{
    /// <summary>What the file gives away.</summary>
    IEnumerable<Leak> In(ReleasedText text);
}
