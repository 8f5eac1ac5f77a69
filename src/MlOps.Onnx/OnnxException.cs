namespace MlOps.Onnx;

/// <summary>An ONNX model cannot be read, checked or run; the message names the file, the node and the reason.</summary>
public sealed class OnnxException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public OnnxException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what it came from.</summary>
    public OnnxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
