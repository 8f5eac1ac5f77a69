using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>Colours of maps that people who cannot tell red from green can read.</summary>
internal static class HeatColours
{
    private const double Weight = 0.62; // of the colour over the grey picture

    // From dark blue over grey to yellow: lightness rises all the way, so the order is to be seen in grey too.
    private static readonly (double Red, double Green, double Blue)[] s_rising = [(0, 34, 78), (53, 69, 108), (102, 105, 112), (148, 142, 119), (200, 184, 102), (254, 232, 56)];
    private static readonly (double Red, double Green, double Blue) s_against = (0, 114, 178);
    private static readonly (double Red, double Green, double Blue) s_for = (213, 94, 0);

    internal static void Plain(ReadOnlySpan<float> image, TensorShape shape, Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Byte(255 * Level(image[shape.Channels == 1 ? i % shape.Area : i]));
        }
    }

    internal static void Over(ReadOnlySpan<float> image, TensorShape shape, ReadOnlySpan<double> map, Span<byte> pixels)
    {
        double largest = 0;
        bool signed = false;
        foreach (double value in map)
        {
            largest = Math.Max(largest, Math.Abs(value));
            signed |= value < 0;
        }

        for (int i = 0; i < map.Length; i++)
        {
            double grey = 255 * Grey(image, shape, i);
            double strength = largest > 0 ? map[i] / largest : 0;
            (double red, double green, double blue) = !signed ? Rising(strength) : strength < 0 ? s_against : s_for;
            double weight = signed ? Math.Abs(strength) : Weight;
            pixels[i] = Byte(grey + (weight * (red - grey)));
            pixels[shape.Area + i] = Byte(grey + (weight * (green - grey)));
            pixels[(2 * shape.Area) + i] = Byte(grey + (weight * (blue - grey)));
        }
    }

    private static (double Red, double Green, double Blue) Rising(double share)
    {
        double at = share * (s_rising.Length - 1);
        int low = Math.Min((int)at, s_rising.Length - 2);
        (double part, var from, var to) = (at - low, s_rising[low], s_rising[low + 1]);
        return (from.Red + (part * (to.Red - from.Red)), from.Green + (part * (to.Green - from.Green)), from.Blue + (part * (to.Blue - from.Blue)));
    }

    // Rec. 601: what the eye takes for equally bright.
    private static double Grey(ReadOnlySpan<float> image, TensorShape shape, int pixel) => shape.Channels == 1
        ? Level(image[pixel])
        : (0.299 * Level(image[pixel])) + (0.587 * Level(image[shape.Area + pixel])) + (0.114 * Level(image[(2 * shape.Area) + pixel]));

    private static double Level(float value) => float.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);

    private static byte Byte(double value) => (byte)Math.Round(Math.Clamp(value, 0, 255));
}
