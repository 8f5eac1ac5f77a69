using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Packages;

/// <summary>What code of a cell can do about the packages of its session.</summary>
public static class CellPackages
{
    /// <summary>Adds a place where later <c>#r "nuget:…"</c> look for packages, as <c>#i</c> does.</summary>
    /// <param name="source">The https address of a server or a folder, with or without <c>nuget:</c> in front. A relative folder starts at
    /// the notebook's folder.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is neither an address nor a folder that exists.</exception>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void AddSource(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CellContext cell = CellContext.Current ?? throw new InvalidOperationException("Only the code of a notebook cell can add a package source; no cell is running here.");
        try
        {
            cell.Engine.Packages.AddSource(source);
        }
        catch (PackageException exception)
        {
            throw new ArgumentException(exception.Message, nameof(source), exception);
        }
    }
}
