using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.SupportVectors;

/// <summary><c>exp(−γ ‖x − t‖²)</c></summary>
internal static class GaussianKernel
{
    /// <summary>Turns squared distances into kernel values.</summary>
    /// <param name="values">A multiple of eight of them.</param>
    /// <param name="gamma">γ.</param>
    internal static void OfSquaredDistances(Span<double> values, double gamma)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length % FixedOrder.Lanes, 0);
        ref double first = ref MemoryMarshal.GetReference(values);
        for (nuint i = 0; i < (nuint)values.Length; i += FixedOrder.Lanes)
        {
            Vector512.Exp(Vector512.LoadUnsafe(ref first, i) * -gamma).StoreUnsafe(ref first, i);
        }
    }
}
