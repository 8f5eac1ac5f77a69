namespace MlOps.Onnx.Checking;

/// <summary>How bad a finding is.</summary>
public enum OnnxSeverity
{
    /// <summary>The model runs, but something in it is of no use or out of date.</summary>
    Warning,

    /// <summary>The model breaks the standard or does not run.</summary>
    Error,
}
