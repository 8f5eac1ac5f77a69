namespace MlOps.Data.Images;

/// <summary>One picture as it was read.</summary>
/// <param name="Channels">1 grey, 2 grey and opacity, 3 red, green, blue, 4 with opacity.</param>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Pixels">Channels × height × width bytes, 0 (black, clear) to 255, channel by channel.</param>
public sealed record Picture(int Channels, int Height, int Width, byte[] Pixels)
{
    /// <summary>Returns the picture with 1 or 3 channels; opacity is dropped.</summary>
    /// <remarks>Grey becomes three equal channels; colour becomes grey as ITU-R BT.601 weighs it, <c>L = (19595 R + 38470 G + 7471 B + 32768) / 65536</c>, rounded down.</remarks>
    /// <param name="channels">1 or 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">Neither 1 nor 3 channels are asked for.</exception>
    public Picture WithChannels(int channels)
    {
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "A picture has 1 channel, grey, or 3, red, green, blue.");
        }

        int area = Height * Width;
        byte[] to = new byte[channels * area];
        if (Channels >= 3 && channels == 1)
        {
            for (int i = 0; i < area; i++)
            {
                to[i] = (byte)(((19595 * Pixels[i]) + (38470 * Pixels[area + i]) + (7471 * Pixels[(2 * area) + i]) + 32768) >> 16);
            }
        }
        else
        {
            for (int c = 0; c < channels; c++)
            {
                Pixels.AsSpan(Channels >= 3 ? c * area : 0, area).CopyTo(to.AsSpan(c * area));
            }
        }

        return new Picture(channels, Height, Width, to);
    }
}
