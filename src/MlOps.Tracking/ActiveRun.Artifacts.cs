using System.Net;
using System.Text;
using MlOps.Charts;
using MlOps.Data;
using MlOps.Data.Images;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking;

public sealed partial class ActiveRun
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private IArtifactStore Artifacts => field ??= _store.OpenArtifacts(Info.ArtifactUri);

    /// <summary>Keeps a file, or a folder with all that is in it, under its own name. Links in the folder are left out.</summary>
    /// <param name="path">On this machine.</param>
    /// <exception cref="FileNotFoundException">There is neither a file nor a folder.</exception>
    /// <exception cref="TrackingException">The store refused, is full or away; of a folder, files may have been kept before.</exception>
    public void Artifact(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            Upload(Path.GetFileName(full), full);
            return;
        }

        if (!Directory.Exists(full))
        {
            throw new FileNotFoundException($"There is no file or folder '{path}' to keep.", path);
        }

        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (string file in Directory.EnumerateFiles(full, "*", all).Order(StringComparer.Ordinal))
        {
            Upload($"{Path.GetFileName(full)}/{Path.GetRelativePath(full, file).Replace(Path.DirectorySeparatorChar, '/')}", file);
        }
    }

    /// <summary>Keeps bytes as a file.</summary>
    /// <param name="name">Its path from the run's uppermost folder, with <c>/</c>.</param>
    /// <param name="content">What is in it.</param>
    /// <exception cref="TrackingException">The name is no artifact's path (see <see cref="IArtifactStore"/>), or the store is full or away.</exception>
    public void Artifact(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Artifact(name, new MemoryStream(content, writable: false));
    }

    /// <summary>Keeps what a stream gives, from where it stands, as a file.</summary>
    /// <param name="name">As for bytes.</param>
    /// <param name="content">It stays open.</param>
    public void Artifact(string name, Stream content)
    {
        ThrowIfEnded();
        Artifacts.Write(name, content);
    }

    /// <summary>Keeps a text as a file in UTF-8.</summary>
    /// <param name="name">As for bytes.</param>
    /// <param name="text">What is in it.</param>
    public void Artifact(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Artifact(name, s_utf8.GetBytes(text));
    }

    /// <summary>Keeps a chart.</summary>
    /// <param name="name">Its ending tells the form: <c>.svg</c> a picture, <c>.html</c> a page with that picture, <c>.json</c> for plotly.js, <c>.txt</c> what it says in words.</param>
    /// <param name="figure">The chart.</param>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    public void Artifact(string name, Figure figure)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(figure);
        Artifact(name, Path.GetExtension(name) switch
        {
            ".svg" => figure.ToSvg(),
            ".html" => $"<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(name)}</title>\n{figure.ToSvg()}\n</html>\n",
            ".json" => figure.ToPlotlyJson(),
            ".txt" => figure.ToString(),
            var ending => throw new ArgumentException($"A chart is kept as .svg, .html, .json or .txt; got '{ending}' in '{name}'.", nameof(name)),
        });
    }

    /// <summary>Keeps a table.</summary>
    /// <param name="name">It ends in <c>.csv</c>.</param>
    /// <param name="table">At least one column.</param>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    public void Artifact(string name, Table table)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(table);
        if (Path.GetExtension(name) != ".csv")
        {
            throw new ArgumentException($"A table is kept as .csv; got '{name}'.", nameof(name));
        }

        using var csv = new MemoryStream();
        table.WriteCsv(csv);
        csv.Position = 0;
        Artifact(name, csv);
    }

    /// <summary>Keeps a picture that is a PNG already.</summary>
    /// <param name="name">Its path; <c>.png</c> is added if it has no ending.</param>
    /// <param name="png">The file's bytes.</param>
    /// <exception cref="ArgumentException">They are no PNG.</exception>
    public void Image(string name, byte[] png)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(png);
        if (!png.AsSpan().StartsWith([(byte)0x89, (byte)'P', (byte)'N', (byte)'G']))
        {
            throw new ArgumentException("These bytes are no PNG. Give pixels, or keep another format as an artifact.", nameof(png));
        }

        Artifact(Path.HasExtension(name) ? name : name + ".png", png);
    }

    /// <summary>Keeps a grey picture.</summary>
    /// <param name="name">As for a PNG.</param>
    /// <param name="pixels">Rows × columns, 0 black to 1 white; what lies outside is drawn as the nearer of the two.</param>
    /// <exception cref="ArgumentException">There are no pixels, or one is NaN.</exception>
    public void Image(string name, double[,] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        byte[] grey = new byte[pixels.Length];
        int i = 0;
        foreach (double value in pixels)
        {
            grey[i++] = double.IsNaN(value)
                ? throw new ArgumentException($"The pixel in row {(i - 1) / pixels.GetLength(1)}, column {(i - 1) % pixels.GetLength(1)} is NaN.", nameof(pixels))
                : (byte)Math.Round(Math.Clamp(value, 0, 1) * byte.MaxValue);
        }

        Image(name, Png.Encode(grey, 1, pixels.GetLength(0), pixels.GetLength(1)));
    }

    /// <summary>Keeps one picture of a set.</summary>
    /// <param name="name">As for a PNG.</param>
    /// <param name="images">Pictures of 1 or 3 channels.</param>
    /// <param name="index">Which one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public void Image(string name, ImageSet images, int index)
    {
        ArgumentNullException.ThrowIfNull(images);
        Image(name, Png.Encode(images.Image(index), images.Channels, images.Height, images.Width));
    }

    private void Upload(string name, string file)
    {
        using FileStream content = File.OpenRead(file);
        Artifact(name, content);
    }
}
