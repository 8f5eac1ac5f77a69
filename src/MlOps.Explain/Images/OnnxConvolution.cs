using MlOps.Onnx;

namespace MlOps.Explain.Images;

/// <summary>The way back through a convolution of ONNX: every output pixel hands its slope, times the filter, to the pixels it was made of.</summary>
internal static class OnnxConvolution
{
    internal static Func<OnnxPass, float[]> Back(OnnxNode node, OnnxTensor weights)
    {
        long[] strides = node.Has("strides") ? [.. node.GetInts("strides")] : [1, 1];
        long[] pads = node.Has("pads") ? [.. node.GetInts("pads")] : [0, 0, 0, 0];
        bool isPlain = node.GetInts("dilations").All(step => step == 1) && node.GetInt("group", 1) == 1 && node.GetText("auto_pad", "NOTSET") is "NOTSET" or "VALID";
        if (weights.Dims.Count != 4 || !isPlain)
        {
            throw new ArgumentException($"There is no way back through {node.Title}: only through convolutions of pictures in one group, without dilation and auto_pad. EigenCam and ScoreCam need no slopes.", nameof(node));
        }

        float[] w = weights.ToFloats();
        (int kernelHeight, int kernelWidth) = ((int)weights.Dims[2], (int)weights.Dims[3]);
        return pass =>
        {
            (int channels, int height, int width) = ((int)pass.XShape[1], (int)pass.XShape[2], (int)pass.XShape[3]);
            (int filters, int newHeight, int newWidth) = ((int)pass.YShape[1], (int)pass.YShape[2], (int)pass.YShape[3]);
            var dx = new float[pass.X.Length];
            for (int output = 0; output < pass.Dy.Length; output++)
            {
                if (pass.Dy[output] == 0)
                {
                    continue;
                }

                int plane = output / (newHeight * newWidth);
                int top = (output / newWidth % newHeight * (int)strides[0]) - (int)pads[0];
                int left = (output % newWidth * (int)strides[1]) - (int)pads[1];
                for (int c = 0; c < channels; c++)
                {
                    int filter = ((plane % filters * channels) + c) * kernelHeight * kernelWidth;
                    int image = ((plane / filters * channels) + c) * height * width;
                    for (int u = Math.Max(0, -top); u < Math.Min(kernelHeight, height - top); u++)
                    {
                        for (int v = Math.Max(0, -left); v < Math.Min(kernelWidth, width - left); v++)
                        {
                            dx[image + ((top + u) * width) + left + v] += pass.Dy[output] * w[filter + (u * kernelWidth) + v];
                        }
                    }
                }
            }

            return dx;
        };
    }
}
