using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>Colours as the eye tells them apart: sRGB with white D65 to CIE 1976 L*a*b* (IEC 61966-2-1; CIE 15).</summary>
internal static class CieLab
{
    private const double WhiteX = 0.95047;
    private const double WhiteZ = 1.08883;
    private const double Kink = 6.0 / 29;

    /// <summary>L, a, b of each pixel; a picture of one channel is grey. Values outside 0 to 1 are cut off.</summary>
    internal static double[] Of(Tensor image)
    {
        int area = image.Shape.Area;
        bool isGrey = image.Shape.Channels == 1;
        var colours = new double[3 * area];
        for (int i = 0; i < area; i++)
        {
            double red = Linear(image.Values[i]);
            double green = isGrey ? red : Linear(image.Values[area + i]);
            double blue = isGrey ? red : Linear(image.Values[(2 * area) + i]);
            double x = Root(((0.4124564 * red) + (0.3575761 * green) + (0.1804375 * blue)) / WhiteX);
            double y = Root((0.2126729 * red) + (0.7151522 * green) + (0.0721750 * blue));
            double z = Root(((0.0193339 * red) + (0.1191920 * green) + (0.9503041 * blue)) / WhiteZ);
            (colours[3 * i], colours[(3 * i) + 1], colours[(3 * i) + 2]) = ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
        }

        return colours;
    }

    private static double Linear(double value)
    {
        value = Math.Clamp(value, 0, 1);
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static double Root(double t) => t > Kink * Kink * Kink ? Math.Cbrt(t) : (t / (3 * Kink * Kink)) + (4.0 / 29);
}
