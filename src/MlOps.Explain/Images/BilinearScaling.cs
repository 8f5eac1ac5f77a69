namespace MlOps.Explain.Images;

/// <summary>Brings a small map to the size of a picture: each pixel's centre looks up the four nearest values, and what lies beyond the edge is the edge.</summary>
internal static class BilinearScaling
{
    internal static double[] Of(ReadOnlySpan<double> plane, int height, int width, int newHeight, int newWidth)
    {
        var scaled = new double[checked(newHeight * newWidth)];
        for (int i = 0; i < newHeight; i++)
        {
            (int top, int bottom, double down) = Place(i, height, newHeight);
            for (int j = 0; j < newWidth; j++)
            {
                (int left, int right, double along) = Place(j, width, newWidth);
                double above = plane[(top * width) + left] + (along * (plane[(top * width) + right] - plane[(top * width) + left]));
                double below = plane[(bottom * width) + left] + (along * (plane[(bottom * width) + right] - plane[(bottom * width) + left]));
                scaled[(i * newWidth) + j] = above + (down * (below - above));
            }
        }

        return scaled;
    }

    private static (int Low, int High, double Share) Place(int pixel, int size, int newSize)
    {
        double at = Math.Max(0, ((pixel + 0.5) * size / newSize) - 0.5);
        int low = Math.Min((int)at, size - 1);
        return (low, Math.Min(low + 1, size - 1), Math.Min(at - low, 1));
    }
}
