using MlOps.Data.Images;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>Pictures in a row and maps of them beneath, for a notebook to show.</summary>
public static class MapGrid
{
    /// <summary>Lays out n pictures side by side, and under each its maps, a row a method or model. For one picture everything stands in one row.</summary>
    /// <param name="images">n pictures with 1 or 3 channels of values from 0 to 1; what lies outside is cut off.</param>
    /// <param name="description">What is to be seen, in a sentence: the text alternative begins with it.</param>
    /// <param name="scale">Screen pixels a pixel, ≥ 1.</param>
    /// <param name="rows">n maps each, with a name.</param>
    /// <exception cref="ArgumentException">There is no picture, it has neither 1 nor 3 channels, a row has not n maps or no name of its own, or a map is of another size.</exception>
    public static ImageGrid Of(Tensor images, string description, int scale, params (string Name, IReadOnlyList<AttributionMap> Maps)[] rows)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(rows);
        TensorShape shape = images.Shape;
        if (!shape.IsImage || shape.Channels is not (1 or 3) || images.Count == 0)
        {
            throw new ArgumentException($"Pictures with 1 or 3 channels can be shown; got {images.Count} of {shape}.", nameof(images));
        }

        var pixels = new byte[checked((1 + rows.Length) * images.Count * 3 * shape.Area)];
        var labels = new int[(1 + rows.Length) * images.Count];
        for (int i = 0; i < images.Count; i++)
        {
            HeatColours.Plain(images[i], shape, Place(i));
        }

        for (int row = 0; row < rows.Length; row++)
        {
            (string name, IReadOnlyList<AttributionMap> maps) = rows[row];
            if (maps.Count != images.Count || maps.Any(map => map.Width != shape.Width || map.Height != shape.Height))
            {
                throw new ArgumentException($"'{name}' needs a map of {shape.Width} × {shape.Height} for each of {images.Count} pictures; it has {string.Join(", ", maps.Select(map => $"{map.Width} × {map.Height}"))}.", nameof(rows));
            }

            for (int i = 0; i < maps.Count; i++)
            {
                int at = ((row + 1) * images.Count) + i;
                HeatColours.Over(images[i], shape, maps[i].Values, Place(at));
                labels[at] = row + 1;
            }
        }

        var set = new ImageSet(3, shape.Height, shape.Width, pixels, labels, ["picture", .. rows.Select(row => row.Name)]);
        return new ImageGrid(set, images.Count == 1 ? labels.Length : images.Count, description, scale);

        Span<byte> Place(int at) => pixels.AsSpan(at * 3 * shape.Area, 3 * shape.Area);
    }
}
