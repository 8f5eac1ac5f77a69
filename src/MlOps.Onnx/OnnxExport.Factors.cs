using MlOps.Learning.Decomposition;
using MlOps.Onnx.Export;

namespace MlOps.Onnx;

public static partial class OnnxExport
{
    /// <summary>Turns a matrix factorisation into an ONNX model with the inputs <c>user</c> and <c>item</c> (int64, N) and the output <c>prediction</c> (N × 1).</summary>
    /// <remarks>The inputs are codes, as <see cref="MatrixFactorizationModel.UserCode"/> and <see cref="MatrixFactorizationModel.ItemCode"/> tell them; −1 stands for one that had no rating.</remarks>
    public static OnnxFile Export(MatrixFactorizationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return DecompositionExport.Build(model);
    }
}
