namespace MlOps.Grading.Compiler;

/// <summary>What the compiler made of a student's file.</summary>
/// <param name="Image">The assembly; null if the code does not compile.</param>
/// <param name="Problems">The errors, one line each: file, line, what is wrong, what to do. Empty if it compiles.</param>
/// <param name="TypeOfMember">Properties and fields of the file, and the first type that declares each; empty if it does not compile.</param>
internal sealed record CompiledExercise(byte[]? Image, IReadOnlyList<string> Problems, IReadOnlyDictionary<string, string> TypeOfMember)
{
    internal static CompiledExercise Failed(params IReadOnlyList<string> problems) => new(null, problems, new Dictionary<string, string>());
}
