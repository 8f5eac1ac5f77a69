namespace MlOps.Kernel.Engine;

/// <summary>What a user is told about a line that starts with <c>#!</c>.</summary>
/// <param name="Name">The word after <c>#!</c>, such as <c>share</c>.</param>
/// <param name="Usage">The line as one would write it, such as <c>#!share --from sql result</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="IsLanguage">True: the lines below, up to the next language, are written in it. False: it acts and the language stays.</param>
public sealed record DirectiveDescription(string Name, string Usage, string Summary, bool IsLanguage);
