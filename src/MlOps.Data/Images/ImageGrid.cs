using System.Globalization;

namespace MlOps.Data.Images;

/// <summary>Pictures in a grid, for a notebook to show.</summary>
/// <remarks>The grid is one PNG: every pixel is drawn as a square of <see cref="Scale"/> × <see cref="Scale"/>, with a white gap between pictures.</remarks>
public sealed class ImageGrid
{
    private const byte White = 255;
    private const int Gap = 4;
    private readonly ImageSet _images;

    /// <summary>Lays out all pictures of a set, in rows from the left.</summary>
    /// <param name="images">The pictures, at least one, with 1 or 3 channels.</param>
    /// <param name="columns">How many stand side by side, ≥ 1.</param>
    /// <param name="description">What the grid shows, in a sentence: the text alternative begins with it.</param>
    /// <param name="scale">Screen pixels a pixel, ≥ 1.</param>
    /// <exception cref="ArgumentException">There is no picture, or it has neither 1 nor 3 channels, or the description is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public ImageGrid(ImageSet images, int columns, string description, int scale = 3)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        if (images.Count == 0 || images.Channels is not (1 or 3))
        {
            throw new ArgumentException($"A grid shows one picture or more with 1 or 3 channels; got {images.Count} with {images.Channels}.", nameof(images));
        }

        _images = images;
        Columns = Guard.AtLeast(columns, 1);
        Scale = Guard.AtLeast(scale, 1);
        Description = description;
    }

    /// <summary>Gets the number of pictures side by side.</summary>
    public int Columns { get; }

    /// <summary>Gets the screen pixels for each pixel, in both directions.</summary>
    public int Scale { get; }

    /// <summary>Gets what the grid shows.</summary>
    public string Description { get; }

    private int Rows => (_images.Count + Columns - 1) / Columns;

    private int Width => (Columns * ((_images.Width * Scale) + Gap)) - Gap;

    private int Height => (Rows * ((_images.Height * Scale) + Gap)) - Gap;

    /// <summary>Returns the grid as a PNG file; the same bytes on every machine.</summary>
    public byte[] ToPng()
    {
        byte[] canvas = new byte[checked(_images.Channels * Height * Width)];
        canvas.AsSpan().Fill(White);
        for (int i = 0; i < _images.Count; i++)
        {
            int top = i / Columns * ((_images.Height * Scale) + Gap);
            int left = i % Columns * ((_images.Width * Scale) + Gap);
            Draw(_images.Image(i), canvas, top, left);
        }

        return Png.Encode(canvas, _images.Channels, Height, Width);
    }

    /// <summary>Returns how a notebook shows the grid.</summary>
    /// <returns>image/png (base64) and, as its alternative, text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        string png = Convert.ToBase64String(ToPng());
        return new Dictionary<string, string> { ["image/png"] = png, ["text/plain"] = ToString() };
    }

    /// <summary>Returns the description, the size, and the class of each picture row by row.</summary>
    public override string ToString()
    {
        var lines = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{Description} ({_images.Count} pictures of {_images.Width} × {_images.Height})") };
        for (int row = 0; row < Rows; row++)
        {
            int[] labels = _images.Labels[(row * Columns)..Math.Min(_images.Count, (row + 1) * Columns)].ToArray();
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"row {row + 1}: {string.Join(", ", labels.Select(label => _images.ClassNames[label]))}"));
        }

        return string.Join('\n', lines);
    }

    private void Draw(ReadOnlySpan<byte> image, byte[] canvas, int top, int left)
    {
        int at = 0;
        for (int c = 0; c < _images.Channels; c++)
        {
            for (int y = 0; y < _images.Height; y++)
            {
                Span<byte> line = canvas.AsSpan((((c * Height) + top + (y * Scale)) * Width) + left, _images.Width * Scale);
                for (int x = 0; x < _images.Width; x++)
                {
                    line.Slice(x * Scale, Scale).Fill(image[at++]);
                }

                for (int copy = 1; copy < Scale; copy++)
                {
                    line.CopyTo(canvas.AsSpan((((c * Height) + top + (y * Scale) + copy) * Width) + left));
                }
            }
        }
    }
}
