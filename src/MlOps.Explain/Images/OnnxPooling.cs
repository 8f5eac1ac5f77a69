using MlOps.Onnx;

namespace MlOps.Explain.Images;

/// <summary>The way back through the pooling nodes of ONNX.</summary>
internal static class OnnxPooling
{
    /// <summary>Every pixel of a channel gets the same share. Shapes: N × C × … to N × C, with or without sizes of 1 behind.</summary>
    internal static float[] Global(OnnxPass pass)
    {
        if (pass.XShape.Length < 3 || pass.Dy.Length != pass.XShape[0] * pass.XShape[1])
        {
            throw new ArgumentException($"There is a way back through a mean over all pixels of a channel; this one makes {string.Join(" × ", pass.YShape)} of {string.Join(" × ", pass.XShape)}.", nameof(pass));
        }

        int area = pass.X.Length / pass.Dy.Length;
        var dx = new float[pass.X.Length];
        for (int i = 0; i < dx.Length; i++)
        {
            dx[i] = pass.Dy[i / area] / area;
        }

        return dx;
    }

    internal static Func<OnnxPass, float[]> Average(OnnxNode node) => Windows(node, (pass, dx, window, output) =>
    {
        foreach (int pixel in window)
        {
            dx[pixel] += pass.Dy[output] / window.Count;
        }
    });

    /// <summary>The slope goes to the largest value, the first of equals.</summary>
    internal static Func<OnnxPass, float[]> Largest(OnnxNode node) => Windows(node, (pass, dx, window, output) =>
    {
        int best = window[0];
        foreach (int pixel in window)
        {
            best = pass.X[pixel] > pass.X[best] ? pixel : best;
        }

        dx[best] += pass.Dy[output];
    });

    private static Func<OnnxPass, float[]> Windows(OnnxNode node, Action<OnnxPass, float[], List<int>, int> carry)
    {
        long[] kernel = [.. node.GetInts("kernel_shape")];
        long[] strides = node.Has("strides") ? [.. node.GetInts("strides")] : [1, 1];
        bool isPlain = node.GetInts("pads").All(pad => pad == 0) && node.GetInts("dilations").All(step => step == 1) && node.GetText("auto_pad", "NOTSET") is "NOTSET" or "VALID";
        if (kernel.Length != 2 || !isPlain || node.GetInt("ceil_mode", 0) != 0)
        {
            throw new ArgumentException($"There is no way back through {node.Title}: only through pooling of pictures without padding, dilation and ceil_mode.", nameof(node));
        }

        return pass =>
        {
            (long height, long width, long newHeight, long newWidth) = (pass.XShape[2], pass.XShape[3], pass.YShape[2], pass.YShape[3]);
            var dx = new float[pass.X.Length];
            var window = new List<int>();
            for (int output = 0; output < pass.Dy.Length; output++)
            {
                long plane = output / (newHeight * newWidth);
                long top = output / newWidth % newHeight * strides[0];
                long left = output % newWidth * strides[1];
                window.Clear();
                for (long i = top; i < top + kernel[0]; i++)
                {
                    for (long j = left; j < left + kernel[1]; j++)
                    {
                        window.Add((int)((plane * height * width) + (i * width) + j));
                    }
                }

                carry(pass, dx, window, output);
            }

            return dx;
        };
    }
}
