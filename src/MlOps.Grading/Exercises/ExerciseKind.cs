namespace MlOps.Grading.Exercises;

/// <summary>What a student hands in, and so how it is marked.</summary>
public enum ExerciseKind
{
    /// <summary>A property that names one of the options.</summary>
    Choice,

    /// <summary>A property that holds a number.</summary>
    Numeric,

    /// <summary>A method or class that tests call.</summary>
    Code,

    /// <summary>A file that rules check: a Dockerfile, a model card.</summary>
    Artefact,

    /// <summary>A text that the instructor marks by a rubric; tests only check its form.</summary>
    Essay,
}
