namespace MlOps.Onnx.Checking;

/// <summary>What a version of an operator takes and gives.</summary>
/// <param name="Since">First version of the operator set with it.</param>
/// <param name="Deprecated">Whether it is deprecated from there on.</param>
/// <param name="Inputs">Least and most inputs.</param>
/// <param name="Outputs">Least and most outputs.</param>
/// <param name="Attributes">Its attributes by name.</param>
internal sealed record OperatorSchema(
    long Since, bool Deprecated, (int Least, int Most) Inputs, (int Least, int Most) Outputs, IReadOnlyDictionary<string, (OnnxAttributeType Type, bool Required)> Attributes);
