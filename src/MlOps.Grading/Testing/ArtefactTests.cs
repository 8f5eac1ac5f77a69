namespace MlOps.Grading.Testing;

/// <summary>Tests of a file that is read and never run: a Dockerfile, a model card, an essay's form.</summary>
public abstract class ArtefactTests : ExerciseTests
{
    /// <summary>Gets the text that was handed in, with line ends of one character.</summary>
    protected string Text => Subject.Text;
}
