namespace MlOps.Cli.Tests;

/// <summary>A test that hands in the reference solutions, which the student edition does not have.</summary>
internal sealed class InstructorFactAttribute : FactAttribute
{
    public InstructorFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(MlopsCommand.RepositoryRoot, "exercises", "week12", "solutions")))
        {
            Skip = "The student edition has no solutions.";
        }
    }
}
