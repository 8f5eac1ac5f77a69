namespace MlOps.Grading.Running;

/// <summary>Which tests run.</summary>
public enum TestSelection
{
    /// <summary>Those that students see: on check.</summary>
    Public,

    /// <summary>All of them: on grading.</summary>
    All,
}
