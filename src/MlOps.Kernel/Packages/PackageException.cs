namespace MlOps.Kernel.Packages;

/// <summary>Why packages cannot be used, in words for the person who wrote the cell.</summary>
/// <param name="code">NuGet's code, such as NU1101; <see cref="NoCode"/> where NuGet was not asked.</param>
/// <param name="message">One or two sentences.</param>
/// <param name="packageId">The package that it is about; null if it is about all of them.</param>
internal sealed class PackageException(string code, string message, string? packageId = null) : Exception(message)
{
    /// <summary>The compiler's code for a reference that cannot be used.</summary>
    internal const string NoCode = "CS0006";

    internal string Code => code;

    internal string? PackageId => packageId;
}
