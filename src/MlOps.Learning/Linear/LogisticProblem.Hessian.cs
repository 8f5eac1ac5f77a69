using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Linear;

/// <content>The Hessian: sums of weighted products of rows with themselves.</content>
internal sealed partial class LogisticProblem
{
    /// <summary>The Hessian at the parameters, S·Stride squared, and 1 on the diagonal where a parameter does nothing.</summary>
    /// <remarks>Softmax does not change when all classes' parameters move alike, so that the Hessian may be singular in that direction; curvature is added
    /// there, where the gradient is 0 and the solution therefore stays the same.</remarks>
    internal double[] Hessian(double[] parameters)
    {
        int size = Scores * Stride;
        var hessian = new double[size * size];
        (int K, int L)[] pairs = [.. from k in Enumerable.Range(0, Scores) from l in Enumerable.Range(0, k + 1) select (k, l)];
        RowPanels? panels = Scores == 1 ? null : new RowPanels(parameters, Scores, Stride);
        foreach ((int k, int l) in pairs)
        {
            double[] gram = Gram((block, rows, curvature) =>
            {
                if (panels is null)
                {
                    Curvatures(block, rows, parameters, curvature);
                }
                else
                {
                    Curvatures(block, rows, panels, k, l, curvature);
                }
            });
            for (int i = 0; i < Stride; i++)
            {
                gram.AsSpan(i * Stride, Stride).CopyTo(hessian.AsSpan((((k * Stride) + i) * size) + (l * Stride)));
            }
        }

        Complete(hessian, size);
        return hessian;
    }

    /// <summary>The block that the Hessian at 0 has for every class, Stride squared; for many parameters, where all of it would not fit.</summary>
    internal double[] BlockAtZero()
    {
        double share = Scores == 1 ? 0.25 : 1.0 / Scores; // p (1 − p), or p on the plane where the parameters of all classes add up to 0
        double[] gram = Gram((block, rows, curvature) =>
        {
            for (int i = 0; i < rows.Count; i++)
            {
                curvature[i] = share * Weight(rows.Start + i);
            }
        });
        for (int i = 0; i < Stride; i++)
        {
            gram[(i * Stride) + i] += i > _d ? 1 : _penalties[i];
        }

        return gram;
    }

    /// <summary>Σᵢ curvatureᵢ · rowᵢ rowᵢᵀ, both triangles.</summary>
    private double[] Gram(Action<double[], (int Start, int Count), double[]> curvatures)
    {
        var sums = new double[_parts][];
        EachPart(part =>
        {
            double[] block = NewBlock();
            var scaled = new double[block.Length];
            var curvature = new double[BlockRows];
            var sum = new double[Stride * Stride];
            foreach ((int start, int count) in Blocks(part))
            {
                Standardise(start, count, block);
                curvatures(block, (start, count), curvature);
                for (int i = 0; i < count; i++)
                {
                    TensorPrimitives.Multiply(block.AsSpan(i * Stride, Stride), curvature[i], scaled.AsSpan(i * Stride, Stride));
                }

                BlockSums.AddOuter(scaled, Stride, block, Stride, count, sum, lowerOnly: true);
            }

            sums[part] = sum;
        });

        for (int part = 1; part < _parts; part++)
        {
            FixedOrder.AddScaled(1, sums[part], sums[0]);
        }

        for (int i = 0; i < Stride; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sums[0][(j * Stride) + i] = sums[0][(i * Stride) + j];
            }
        }

        return sums[0];
    }

    /// <summary>vᵢ p (1 − p) of the rows of a block, for two classes.</summary>
    private void Curvatures(double[] block, (int Start, int Count) rows, double[] parameters, double[] curvature)
    {
        Array.Clear(curvature);
        for (int i = 0; i < rows.Count; i++)
        {
            curvature[i] = FixedOrder.Dot(block.AsSpan(i * Stride, Stride), parameters);
        }

        ref double first = ref MemoryMarshal.GetArrayDataReference(curvature);
        for (nuint i = 0; i < BlockRows; i += Width)
        {
            Vector512<double> small = Vector512.Exp(-Vector512.Abs(Vector512.LoadUnsafe(ref first, i)));
            Vector512<double> sum = Vector512<double>.One + small;
            (small / (sum * sum)).StoreUnsafe(ref first, i);
        }

        for (int i = 0; _weights is not null && i < rows.Count; i++)
        {
            curvature[i] *= _weights[rows.Start + i];
        }
    }

    /// <summary>vᵢ p_k (δ_kl − p_l) of the rows of a block.</summary>
    private void Curvatures(double[] block, (int Start, int Count) rows, RowPanels panels, int k, int l, double[] curvature)
    {
        var scores = new double[rows.Count * panels.PaddedCount];
        panels.Products(block.AsSpan(0, rows.Count * Stride), 0, panels.PaddedCount, scores);
        for (int i = 0; i < rows.Count; i++)
        {
            Span<double> row = scores.AsSpan(i * panels.PaddedCount, Scores);
            SoftMax.Of(row, row);
            curvature[i] = Weight(rows.Start + i) * row[k] * ((k == l ? 1 : 0) - row[l]);
        }
    }

    private void Complete(double[] hessian, int size)
    {
        for (int i = 0; i < size; i++)
        {
            int feature = i % Stride;
            hessian[(i * size) + i] += feature > _d || (feature < _d && Constant[feature] && _penalties[feature] == 0) ? 1 : _penalties[feature];
        }

        if (Scores == 1)
        {
            return;
        }

        for (int j = 0; j <= _d; j++)
        {
            double mean = 0;
            for (int k = 0; k < Scores; k++)
            {
                mean += hessian[((((k * Stride) + j) * size) + (k * Stride)) + j] / Scores;
            }

            for (int k = 0; k < Scores; k++)
            {
                for (int l = 0; l <= k; l++)
                {
                    hessian[(((k * Stride) + j) * size) + (l * Stride) + j] += mean / Scores;
                }
            }
        }
    }
}
